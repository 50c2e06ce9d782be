namespace Lending.Kernel;

/// <summary>Who did something, as they were called when they did it.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The user's name at that time.</param>
public sealed record UserReference(Guid Id, string Username)
{
    /// <summary>Lending itself: what the clock brings about, not a person.</summary>
    public static UserReference System { get; } = new(Guid.Empty, "system");

    /// <summary>Somebody of whom nothing is known.</summary>
    public static UserReference Nobody { get; } = new(Guid.Empty, "");
}
