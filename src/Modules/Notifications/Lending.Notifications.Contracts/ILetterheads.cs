namespace Lending.Notifications.Contracts;

/// <summary>What stands on an organisation's letters beside its name. Whoever writes asks, and the module that keeps what the law wants said of the organisation answers.</summary>
public interface ILetterheads
{
    /// <summary>That of the caller's organisation, read in the caller's transaction; null where nobody has said it.</summary>
    Task<Letterhead?> FindAsync(CancellationToken ct);
}

/// <summary>Where an organisation is, and how it is reached.</summary>
/// <param name="Address">The postal address, in lines.</param>
/// <param name="Phone">The telephone number.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Register">The register that it stands in, and its number there; null: none was named.</param>
public sealed record Letterhead(string Address, string Phone, string Email, string? Register);
