using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Reads accounts with their events and entries, and locks them.</summary>
internal static class LoanReader
{
    /// <summary>The account as it is stored, and its events, in one round trip; null where there is none that the caller may see.</summary>
    public static async Task<(LoanAccount Account, IReadOnlyList<LoanEvent> Events)?> FindLoanAsync(
        this ServicingDbContext db,
        Guid id,
        CancellationToken ct
    )
    {
        var rows = await db
            .LoanAccounts.AsNoTracking()
            .Where(account => account.Id == id)
            .SelectMany(
                account => db.LoanEvents.Where(happened => happened.LoanAccountId == account.Id).DefaultIfEmpty(),
                (account, happened) => new { Account = account, Happened = happened }
            )
            .ToListAsync(ct);
        return rows.Count == 0
            ? null
            : (rows[0].Account, [.. rows.Where(row => row.Happened is not null).Select(row => row.Happened!.ToEvent())]);
    }

    /// <summary>Several accounts with their events.</summary>
    public static async Task<List<(LoanAccount Account, IReadOnlyList<LoanEvent> Events)>> ReadLoansAsync(
        this ServicingDbContext db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken ct
    )
    {
        var accounts = await db
            .LoanAccounts.AsNoTracking()
            .Where(account => ids.Contains(account.Id))
            .OrderBy(account => account.Id)
            .ToListAsync(ct);
        var events = (await db.LoanEvents.AsNoTracking().Where(happened => ids.Contains(happened.LoanAccountId)).ToListAsync(ct)).ToLookup(
            happened => happened.LoanAccountId,
            happened => happened.ToEvent()
        );
        return accounts.ConvertAll<(LoanAccount, IReadOnlyList<LoanEvent>)>(account => (account, [.. events[account.Id]]));
    }

    /// <summary>What was posted to accounts that the caller may see: a line an entry, and of it no more than the difference to a replay needs.</summary>
    public static async Task<ILookup<Guid, JournalEntry>> ReadPostedAsync(
        this ServicingDbContext db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken ct
    ) =>
        (
            await db
                .JournalEntries.IgnoreQueryFilters([ModuleDbContext.CustomerFilter])
                .Where(entry => ids.Contains(entry.LoanAccountId))
                .SelectMany(
                    entry => entry.Lines,
                    (entry, line) =>
                        new
                        {
                            entry.LoanAccountId,
                            entry.Key,
                            entry.EffectiveOn,
                            line.Account,
                            line.Amount,
                        }
                )
                .ToListAsync(ct)
        ).ToLookup(row => row.LoanAccountId, row => new JournalEntry(row.Key, row.EffectiveOn, [new(row.Account, row.Amount)]));

    /// <summary>
    /// The account and where it stands, in one round trip; null where there is none that the caller may see. Until the transaction ends, nobody else posts to it.
    /// </summary>
    public static async Task<(LoanAccount Account, LoanStanding? Standing)?> LockAndFindAsync(
        this ServicingDbContext db,
        Guid accountId,
        CancellationToken ct
    )
    {
        var locked = db.LoanStandings.FromSql(
            $"SELECT * FROM servicing.loan_standings WHERE loan_account_id = {accountId} FOR NO KEY UPDATE"
        );
        var found = await db
            .LoanAccounts.Where(account => account.Id == accountId)
            .SelectMany(
                account => locked.Where(standing => standing.LoanAccountId == account.Id).DefaultIfEmpty(),
                (account, standing) => new { Account = account, Standing = standing }
            )
            .SingleOrDefaultAsync(ct);
        return found is null ? null : (found.Account, found.Standing);
    }

    /// <summary>Until the transaction ends, nobody else posts to the account.</summary>
    public static Task LockLoanAsync(this OrganizationSql sql, Guid accountId, CancellationToken ct) =>
        sql.ReadAsync(
            $"SELECT FROM servicing.loan_standings WHERE {sql.OfOrganization} AND loan_account_id = {accountId} FOR NO KEY UPDATE",
            row => row.FieldCount,
            ct
        );

    /// <summary>The same for several accounts, in order, so that no two wait for each other.</summary>
    public static Task LockLoansAsync(this OrganizationSql sql, IReadOnlyCollection<Guid> accountIds, CancellationToken ct)
    {
        FormattableString statement = $"""
            SELECT FROM servicing.loan_standings WHERE {sql.OfOrganization} AND loan_account_id = ANY({accountIds.ToArray()})
            ORDER BY loan_account_id FOR NO KEY UPDATE
            """;
        return sql.ReadAsync(statement, row => row.FieldCount, ct);
    }
}
