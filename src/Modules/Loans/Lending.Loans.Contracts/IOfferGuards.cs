using Lending.Kernel;

namespace Lending.Loans.Contracts;

/// <summary>
/// Asked before an offer is approved, in the same transaction, with the offer's row locked, when nothing else is in the way. Implemented by modules that
/// know what has to be done before.
/// </summary>
public interface IOfferApprovalGuard
{
    /// <summary>Why the offer may not be approved, or null.</summary>
    Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct);
}

/// <summary>
/// Asked before a customer accepts an offer, logged in or with a link, in the same transaction, with the offer's row locked, when nothing else is in the
/// way. Implemented by modules that know what has to be done before.
/// </summary>
public interface IAcceptanceGuard
{
    /// <summary>Why the offer may not be accepted, or null.</summary>
    Task<Error?> FindObstacleAsync(GuardedOffer offer, CancellationToken ct);
}

/// <summary>
/// Told of an offer that was given new terms, in the transaction that gives them, with the offer's row locked. Implemented by modules where something rests on the terms
/// before.
/// </summary>
public interface IChangedOffers
{
    /// <summary>Does what follows from the new terms.</summary>
    Task FollowAsync(GuardedOffer offer, CancellationToken ct);
}

/// <summary>What guards are told of the offer, as it stands in the locked row; it is the caller's organisation's.</summary>
/// <param name="Id">The offer.</param>
/// <param name="CustomerId">The customer to whom it is made.</param>
/// <param name="DocumentHash">The SHA-256 of everything that the present version says, as 64 lower-case hexadecimal digits.</param>
/// <param name="Currency">The currency's code.</param>
/// <param name="AmountOfCredit">What the customer gets the use of.</param>
/// <param name="MonthlyInstalment">The most that is paid in a month, with the fee that is paid beside each instalment.</param>
/// <param name="IsProvedByCode">Whether who accepts has given a code that was mailed to the customer.</param>
public sealed record GuardedOffer(
    Guid Id,
    Guid CustomerId,
    string DocumentHash,
    string Currency,
    decimal AmountOfCredit,
    decimal MonthlyInstalment,
    bool IsProvedByCode = false
);
