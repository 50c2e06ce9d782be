namespace Lending.Loans.Contracts;

/// <summary>
/// Asked before an offer is approved, in the same transaction, with the offer's row locked, when nothing else is in the way. Implemented by modules that
/// know what has to be done before.
/// </summary>
public interface IOfferApprovalGuard
{
    /// <summary>Why the offer may not be approved, or null.</summary>
    Task<OfferObjection?> ObjectionAsync(Guid organizationId, Guid offerId, CancellationToken cancellationToken);
}

/// <summary>
/// Asked before a customer accepts an offer, logged in or with a link, in the same transaction, with the offer's row locked, when nothing else is in the
/// way. Implemented by modules that know what has to be done before.
/// </summary>
public interface IAcceptanceGuard
{
    /// <summary>Why the offer may not be accepted, or null.</summary>
    Task<OfferObjection?> ObjectionAsync(Guid organizationId, Guid offerId, CancellationToken cancellationToken);
}

/// <summary>Why a module objects to a step of an offer; the caller is answered a conflict.</summary>
/// <param name="Code">Stable, for programs: <c>disclosure-missing</c>.</param>
/// <param name="Text">For people, in English; without personal data.</param>
public sealed record OfferObjection(string Code, string Text);
