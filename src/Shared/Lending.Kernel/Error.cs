namespace Lending.Kernel;

/// <summary>A way in which a request can fail that the caller is told about.</summary>
/// <param name="Kind">What sort of failure it is; decides the HTTP status.</param>
/// <param name="Code">Stable, kebab-case, for programs: <c>offer-not-pending</c>.</param>
/// <param name="Message">For people, in English. Never holds personal data.</param>
/// <param name="Field">The field that is wrong, as the client writes it (<c>loanAmount</c>), where it is one field.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message, string? Field = null)
{
    /// <summary>There is no such thing, or none that the caller may see: one answer either way, so existence is not told.</summary>
    public static readonly Error NoSuchThing = NotFound("not-found", "There is nothing here that you may see.");

    /// <summary>Somebody else's change came first, and this one does not fit any more.</summary>
    public static readonly Error ConcurrentChange = Conflict(
        "concurrent-change",
        "Somebody else changed it at the same time. Read it again."
    );

    /// <summary>It is for sandboxes, and the caller does not work in one.</summary>
    public static readonly Error NotASandbox = Conflict(
        "not-a-sandbox",
        "This works in a sandbox only: use an API key with the mode sandbox."
    );

    /// <summary>The request is wrong in itself.</summary>
    public static Error Validation(string code, string message, string? field = null) => new(ErrorKind.Validation, code, message, field);

    /// <summary>The caller is not known.</summary>
    public static Error Unauthenticated(string code, string message) => new(ErrorKind.Unauthenticated, code, message);

    /// <summary>The caller may not do this.</summary>
    public static Error Forbidden(string code, string message) => new(ErrorKind.Forbidden, code, message);

    /// <summary>There is no such thing, or none that the caller may see.</summary>
    public static Error NotFound(string code, string message) => new(ErrorKind.NotFound, code, message);

    /// <summary>The request is right, but the present state forbids it.</summary>
    public static Error Conflict(string code, string message, string? field = null) => new(ErrorKind.Conflict, code, message, field);
}

/// <summary>The sorts of failure; each is one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request is wrong in itself: 400.</summary>
    Validation,

    /// <summary>The caller is not known: 401.</summary>
    Unauthenticated,

    /// <summary>The caller may not do this: 403.</summary>
    Forbidden,

    /// <summary>There is no such thing, or none that the caller may see: 404.</summary>
    NotFound,

    /// <summary>The request is right, but the present state forbids it: 409.</summary>
    Conflict,
}
