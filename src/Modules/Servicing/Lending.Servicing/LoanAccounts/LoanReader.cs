using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Reads an account with its events, in one round trip.</summary>
internal static class LoanReader
{
    /// <summary>The account as it is stored, and its events; null where there is none that the caller may see.</summary>
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
}
