using Lending.Customers.Data;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Retention;

/// <summary>What an organisation has deleted when, of all that it could.</summary>
/// <param name="Rules">One entry for each kind of records, by name.</param>
internal sealed record RetentionRulesResponse(IReadOnlyList<RetentionRulesResponse.Entry> Rules)
{
    /// <summary>Records of one kind.</summary>
    internal sealed record Entry
    {
        /// <summary>
        /// `CLOSED_OFFERS` (rejected, declined, expired or cancelled, since then), `WITHDRAWN_OFFERS` (accepted and withdrawn before the payout), `CUSTOMERS_WITHOUT_OFFERS`
        /// (since their profile was changed last), `MESSAGES` (what became of mails), `LOGINS` (expired sessions, and devices since they were used last),
        /// `CONSENTS` (that have ended, since then), `DOCUMENTS` (that customers sent, since then, and what they were asked for), `CLOSED_APPLICATIONS`
        /// (declined, expired or withdrawn, since the last that happened to them), `ERASURES` (that somebody was erased).
        /// </summary>
        /// <example>MESSAGES</example>
        public required string Records { get; init; }

        /// <summary>For how many months they have to be kept.</summary>
        /// <example>1</example>
        public required int MinimumMonths { get; init; }

        /// <summary>Whether the months begin with the end of the year.</summary>
        /// <example>false</example>
        public required bool CountsFromYearsEnd { get; init; }

        /// <summary>After how many months they are deleted; null: never.</summary>
        /// <example>24</example>
        public required int? Months { get; init; }

        /// <summary>Who made the rule.</summary>
        public required UserReference? SetBy { get; init; }

        /// <summary>When the rule was made.</summary>
        /// <example>2026-11-20T09:30:00.123456Z</example>
        public required DateTimeOffset? SetAt { get; init; }
    }

    public static async Task<RetentionRulesResponse> ReadAsync(CustomersDbContext db, IEnumerable<IOldRecords> kinds, CancellationToken ct)
    {
        var rules = await db.RetentionRules.AsNoTracking().ToDictionaryAsync(rule => rule.Records, ct);
        return new RetentionRulesResponse([
            .. kinds
                .OrderBy(kind => kind.Name, StringComparer.Ordinal)
                .Select(kind => (Kind: kind, Rule: rules.GetValueOrDefault(kind.Name)))
                .Select(it => new Entry
                {
                    Records = it.Kind.Name,
                    MinimumMonths = it.Kind.MinimumMonths,
                    CountsFromYearsEnd = it.Kind.CountsFromYearsEnd,
                    Months = it.Rule?.Months,
                    SetBy = it.Rule?.SetBy,
                    SetAt = it.Rule?.SetAt,
                }),
        ]);
    }
}
