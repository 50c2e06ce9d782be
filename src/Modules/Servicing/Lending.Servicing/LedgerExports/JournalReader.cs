using Lending.Platform.Persistence;
using Lending.Servicing.Books;

namespace Lending.Servicing.LedgerExports;

/// <summary>An entry as it was posted.</summary>
/// <param name="Id">The id.</param>
/// <param name="LoanAccountId">The loan.</param>
/// <param name="Key">What it is for; differences to what was posted before have the same.</param>
/// <param name="Cause">The type of the event, or what happened by itself.</param>
/// <param name="EffectiveOn">The day for which it counts.</param>
/// <param name="PostedAt">When it was posted.</param>
/// <param name="Currency">The currency's code.</param>
/// <param name="Lines">They sum to zero.</param>
internal sealed record PostedEntry(
    Guid Id,
    Guid LoanAccountId,
    string Key,
    string Cause,
    DateOnly EffectiveOn,
    DateTimeOffset PostedAt,
    string Currency,
    List<EntryLine> Lines
);

/// <summary>Reads the organisation's journal in the order of days, a page at a time.</summary>
internal sealed class JournalReader(OrganizationSql sql)
{
    private const int EntriesAtOnce = 1_000;

    /// <summary>All pages of a period.</summary>
    /// <param name="period">Which entries.</param>
    /// <param name="currency">Only those of loans in this currency; null: of all.</param>
    /// <param name="ct">Ends when the client goes away.</param>
    public async IAsyncEnumerable<List<PostedEntry>> ReadAsync(
        JournalPeriod period,
        string? currency,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        List<PostedEntry> page;
        for (PostedEntry? last = null; (page = await ReadPageAsync(period, currency, last, ct)).Count > 0; last = page[^1])
        {
            yield return page;
        }
    }

    private async Task<List<PostedEntry>> ReadPageAsync(JournalPeriod period, string? currency, PostedEntry? after, CancellationToken ct)
    {
        var filters = new SqlFilters()
            .Add(period.From, day => $"effective_on >= {day}")
            .Add(period.To, day => $"effective_on <= {day}")
            .Add(period.KnownAt, time => $"created_at <= {time.ToUniversalTime()}")
            .Add(period.KnownSince, time => $"created_at > {time.ToUniversalTime()}")
            .Add(
                currency,
                code => $"loan_account_id IN (SELECT id FROM servicing.loan_accounts WHERE {sql.OfOrganization} AND currency = {code})"
            )
            .Add(after, last => $"(effective_on, id) > ({last.EffectiveOn}, {last.Id})");
        var lines = await sql.ReadAsync(
            $"""
            SELECT page.id, page.loan_account_id, page.key, coalesce(happened.type, split_part(page.key, ':', 1)), page.effective_on,
                page.created_at, account.currency, line.account, line.amount
            FROM (
                SELECT id, organization_id, loan_account_id, key, effective_on, created_at FROM servicing.journal_entries
                WHERE {sql.OfOrganization}{filters.Conditions} ORDER BY effective_on, id LIMIT {EntriesAtOnce}
            ) AS page
            JOIN servicing.loan_accounts AS account ON account.id = page.loan_account_id AND account.organization_id = page.organization_id
            JOIN servicing.journal_lines AS line ON line.journal_entry_id = page.id AND line.organization_id = page.organization_id
            LEFT JOIN servicing.loan_events AS happened
                ON happened.id = CASE WHEN page.key LIKE 'event:%' THEN substr(page.key, 7)::uuid END
                AND happened.organization_id = page.organization_id
            ORDER BY page.effective_on, page.id, line.account
            """,
            row =>
                (
                    Entry: new PostedEntry(
                        row.GetGuid(0),
                        row.GetGuid(1),
                        row.GetString(2),
                        row.GetString(3),
                        row.GetFieldValue<DateOnly>(4),
                        row.GetFieldValue<DateTimeOffset>(5),
                        row.GetString(6),
                        []
                    ),
                    Line: new EntryLine(Enum.Parse<LedgerAccount>(row.GetString(7)), row.GetDecimal(8))
                ),
            ct,
            planForValues: true
        );
        var page = new List<PostedEntry>();
        foreach (var (entry, line) in lines)
        {
            if (page.Count == 0 || page[^1].Id != entry.Id)
            {
                page.Add(entry);
            }
            page[^1].Lines.Add(line);
        }
        return page;
    }
}
