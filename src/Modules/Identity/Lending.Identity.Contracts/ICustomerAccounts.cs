using Lending.Kernel;

namespace Lending.Identity.Contracts;

/// <summary>The login accounts of customers. Every call joins the caller's transaction, so that customer and account stand or fall together.</summary>
public interface ICustomerAccounts
{
    /// <summary>What is wrong with the user name or the password of an account to be made, whatever its e-mail; for answers that must not depend on that.</summary>
    Task<IReadOnlyList<Error>> FindObstaclesAsync(NewCustomerAccount account, CancellationToken ct);

    /// <summary>
    /// Makes the account of a customer; the errors say why not, and nothing was written then. Who signed up with a password is mailed a link to confirm the e-mail, where
    /// that is required.
    /// </summary>
    Task<IReadOnlyList<Error>> CreateAsync(NewCustomerAccount account, CancellationToken ct);

    /// <summary>
    /// Gives the account the customer's new e-mail, as long as nobody has set a password for it; later the e-mail is its user's own. An invitation stops working: it was mailed
    /// to the old address.
    /// </summary>
    Task<IReadOnlyList<Error>> ChangeEmailAsync(Guid customerId, string email, CancellationToken ct);

    /// <summary>Makes a one-time invitation with which the customer sets a password; an earlier one stops working. Null: no account, or one with a password.</summary>
    Task<Invitation?> InviteAsync(Guid customerId, CancellationToken ct);

    /// <summary>Deletes the account and ends its sessions.</summary>
    Task DeleteAsync(Guid customerId, CancellationToken ct);
}

/// <summary>A customer's account to be made.</summary>
/// <param name="CustomerId">The customer whose account it is.</param>
/// <param name="OrganizationId">The customer's organisation.</param>
/// <param name="Email">The customer's e-mail; one can log in with it.</param>
/// <param name="Username">The login name; null: one is made up.</param>
/// <param name="Password">Null: nobody can log in until an invitation is accepted.</param>
public sealed record NewCustomerAccount(
    Guid CustomerId,
    Guid OrganizationId,
    string Email,
    string? Username = null,
    string? Password = null
)
{
    /// <summary>The id that the account gets. Known beforehand, so that a customer who signs up can be their own creator.</summary>
    public required Guid UserId { get; init; }
}

/// <summary>An invitation to set a password.</summary>
/// <param name="Token">Secret; only its hash is stored.</param>
/// <param name="ExpiresAt">When it stops working.</param>
/// <param name="Email">The account's e-mail, to which it is mailed: only for that address it works.</param>
public sealed record Invitation(string Token, DateTimeOffset ExpiresAt, string Email);
