using System.Text.Json;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Books;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// What somebody was told would pay a loan off, for each of ten days. It holds until the last of them, as long as nothing else is recorded: then its
/// amount on its day leaves nothing owed.
/// </summary>
internal sealed class PayoffQuote : ITenantOwned, IListed, IAppendOnly
{
    private PayoffQuote() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid LoanAccountId { get; private init; }

    /// <summary>How many events the account had: with one more, the quote is about another life.</summary>
    public int EventCount { get; private init; }

    /// <summary>The last day for which it tells an amount.</summary>
    [NotPersonal]
    public DateOnly ExpiresOn { get; private init; }

    /// <summary>The JSON of the <see cref="Payoff"/>s, one for each day.</summary>
    [NotPersonal]
    public string Payoffs { get; private init; } = null!;

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public static PayoffQuote Of(Guid loanAccountId, int eventCount, IReadOnlyList<Payoff> rows, UserReference by, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            LoanAccountId = loanAccountId,
            EventCount = eventCount,
            ExpiresOn = rows[^1].On,
            Payoffs = JsonSerializer.Serialize(rows, StoredJson.Options),
            CreatedBy = by,
            CreatedAt = now,
        };

    public IReadOnlyList<Payoff> ReadPayoffs() => JsonSerializer.Deserialize<IReadOnlyList<Payoff>>(Payoffs, StoredJson.Options)!;

    /// <summary>Why a payment does not pay it, or null.</summary>
    public Error? FindObstacle(DateOnly on, decimal amount, int eventCount)
    {
        var row = ReadPayoffs().FirstOrDefault(payoff => payoff.On == on);
        return row is null ? ServicingErrors.QuoteOfOtherDays
            : eventCount != EventCount ? ServicingErrors.QuoteOutdated
            : amount < row.Total ? ServicingErrors.QuoteUnderpaid
            : null;
    }
}
