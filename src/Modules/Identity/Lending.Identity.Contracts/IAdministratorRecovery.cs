namespace Lending.Identity.Contracts;

/// <summary>The way in for whoever runs the host, when no administrator gets in any more.</summary>
public interface IAdministratorRecovery
{
    /// <summary>
    /// Gives an administrator of the platform a new password, activates and unlocks them, takes their second factors away and ends their sessions.
    /// </summary>
    /// <param name="username">Which one; null for the one who was made first.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="InvalidOperationException">There is no such administrator.</exception>
    Task<RecoveredAdministrator> RecoverAsync(string? username, CancellationToken ct);
}

/// <summary>An administrator who can log in again.</summary>
/// <param name="Username">The login name.</param>
/// <param name="Password">The new password; only its hash is stored.</param>
public sealed record RecoveredAdministrator(string Username, string Password);
