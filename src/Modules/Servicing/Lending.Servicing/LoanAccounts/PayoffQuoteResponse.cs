using Lending.Servicing.Books;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Whether a quote holds.</summary>
internal enum PayoffQuoteStatus
{
    /// <summary>Its amount on its day leaves nothing owed.</summary>
    Open,

    /// <summary>Something was recorded since, perhaps the very payment of it.</summary>
    Outdated,

    /// <summary>Its last day is over.</summary>
    Expired,
}

/// <summary>What somebody was told would pay a loan off.</summary>
internal sealed record PayoffQuoteResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid LoanAccountId { get; init; }

    /// <summary>The last day for which it tells an amount.</summary>
    /// <example>2026-12-29</example>
    public required DateOnly ExpiresOn { get; init; }

    /// <summary>Whether it holds.</summary>
    /// <example>OPEN</example>
    public required PayoffQuoteStatus Status { get; init; }

    /// <summary>What pays everything, itemised, for each day; the first one is the day of the quote.</summary>
    public required IReadOnlyList<Payoff> Rows { get; init; }

    /// <summary>When it was made.</summary>
    /// <example>2026-12-20T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    public static PayoffQuoteResponse Of(PayoffQuote quote, int eventCount, DateOnly today) =>
        new()
        {
            Id = quote.Id,
            LoanAccountId = quote.LoanAccountId,
            ExpiresOn = quote.ExpiresOn,
            Status =
                eventCount != quote.EventCount ? PayoffQuoteStatus.Outdated
                : today > quote.ExpiresOn ? PayoffQuoteStatus.Expired
                : PayoffQuoteStatus.Open,
            Rows = quote.ReadPayoffs(),
            CreatedAt = quote.CreatedAt,
        };
}
