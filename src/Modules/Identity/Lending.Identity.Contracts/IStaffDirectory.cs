using Lending.Kernel;

namespace Lending.Identity.Contracts;

/// <summary>Knows who works for the caller's organisation.</summary>
public interface IStaffDirectory
{
    /// <summary>Whether this user works for the caller's organisation now: is active, and no customer. Joins the caller's transaction.</summary>
    Task<bool> IsActiveAsync(Guid userId, CancellationToken ct);

    /// <summary>Whom to tell what concerns all who do this work for the caller's organisation: those who are active. Joins the caller's transaction.</summary>
    Task<IReadOnlyList<StaffMember>> ListAsync(Role role, CancellationToken ct);

    /// <summary>Where this user is written to, who works for the caller's organisation now; null for whoever does not. Joins the caller's transaction.</summary>
    Task<string?> FindEmailAsync(Guid userId, CancellationToken ct);
}

/// <summary>One who works for an organisation.</summary>
/// <param name="Id">The user.</param>
/// <param name="Username">The user name.</param>
/// <param name="Email">Where mails reach them.</param>
public sealed record StaffMember(Guid Id, string Username, string Email);
