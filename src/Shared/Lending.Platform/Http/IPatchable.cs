namespace Lending.Platform.Http;

/// <summary>
/// What a PATCH starts from and writes back. Its members are <c>required</c>, so that whoever adds one and forgets to fill it gets a build error, and no
/// patch clears it. In JSON they are not: what a client leaves out is judged by the validator.
/// </summary>
public interface IPatchable;
