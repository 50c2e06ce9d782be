namespace Lending.Identity.Contracts;

/// <summary>Knows who works for the caller's organisation.</summary>
public interface IStaffDirectory
{
    /// <summary>Whether this user works for the caller's organisation now: is active, and no customer. Joins the caller's transaction.</summary>
    Task<bool> IsActiveAsync(Guid userId, CancellationToken ct);

    /// <summary>Whom to tell what concerns the caller's organisation: its active administrators. Joins the caller's transaction.</summary>
    Task<IReadOnlyList<Administrator>> ListAdministratorsAsync(CancellationToken ct);

    /// <summary>Where this user is written to, who works for the caller's organisation now; null for whoever does not. Joins the caller's transaction.</summary>
    Task<string?> FindEmailAsync(Guid userId, CancellationToken ct);
}

/// <summary>An administrator of an organisation.</summary>
/// <param name="Id">The user.</param>
/// <param name="Username">The user name.</param>
/// <param name="Email">Where mails reach the administrator.</param>
public sealed record Administrator(Guid Id, string Username, string Email);
