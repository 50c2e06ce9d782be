namespace Lending.Loans.Receipts;

/// <summary>
/// What the receipt of an acceptance says. Where it came from (address, browser) is not in it: who accepts with a link need not be who gets the receipt.
/// </summary>
internal sealed record ReceiptModel
{
    public required string Lender { get; init; }

    public required string CustomerName { get; init; }

    public required Guid OfferId { get; init; }

    public required int Version { get; init; }

    /// <summary>The SHA-256 of what was accepted, as 64 lower-case hexadecimal digits.</summary>
    public required string OfferHash { get; init; }

    /// <summary>When this version was first shown to the customer; null where it never was.</summary>
    public required DateTimeOffset? ShownAt { get; init; }

    /// <summary>The hash of the pre-contractual information; null where none was given.</summary>
    public required string? InformationHash { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset? InformedAt { get; init; }

    public required string TypedName { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required bool OverLink { get; init; }

    /// <summary>The session of the customer's account; null without one.</summary>
    public required Guid? SessionId { get; init; }

    /// <summary>When the code was mailed that was given; null where none was.</summary>
    public required DateTimeOffset? CodeSentAt { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset? CodeGivenAt { get; init; }

    /// <summary>The SHA-256 of the secret of the session that asked for it and gave it, as 64 lower-case hexadecimal digits.</summary>
    public required string? CodeSessionHash { get; init; }

    /// <summary>The first moment at which the customer can no longer withdraw.</summary>
    public required DateTimeOffset WithdrawalEndsAt { get; init; }

    /// <summary>The time zone in which times are told.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Where everybody can check the file.</summary>
    public required Uri CheckedAt { get; init; }
}
