namespace Lending.Loans.Contracts;

/// <summary>What a customer was given beside an offer before accepting it, for the receipt. Implemented by the module that gives it.</summary>
public interface IGivenInformation
{
    /// <summary>The last that was given of this very version; null where nothing was.</summary>
    Task<GivenInformation?> FindAsync(Guid offerId, string documentHash, CancellationToken ct);
}

/// <summary>What was given.</summary>
/// <param name="Hash">The SHA-256 of what it says, as 64 lower-case hexadecimal digits.</param>
/// <param name="GivenAt">When.</param>
public sealed record GivenInformation(string Hash, DateTimeOffset GivenAt);
