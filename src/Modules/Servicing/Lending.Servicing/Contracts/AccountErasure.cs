using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Servicing.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Contracts;

/// <summary>
/// Keeps the books of a customer who is erased, which name nobody; accounts in which nothing was ever booked go. Loans refuses an erasure while a loan runs.
/// </summary>
internal sealed class AccountErasure(ServicingDbContext db) : ICustomerErasure
{
    /// <summary>Books (§ 257 (1) no. 1, (4) HGB; § 147 (1) no. 1, (3) AO).</summary>
    private const int YearsOfBooks = 10;

    public Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct) => Task.FromResult<Error?>(null);

    public async Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct)
    {
        var empty = await db
            .LoanAccounts.Where(account => account.CustomerId == customerId)
            .Where(account => !db.LoanEvents.Any(happened => happened.LoanAccountId == account.Id))
            .ToListAsync(ct);
        db.RemoveRange(empty);
        await db.SaveChangesAsync(ct);
        var accounts = await db
            .LoanAccounts.Where(account => account.CustomerId == customerId)
            .Select(account => new
            {
                account.Id,
                Last = db.LoanEvents.Where(happened => happened.LoanAccountId == account.Id).Max(happened => happened.RecordedAt),
            })
            .ToListAsync(ct);
        return accounts.ConvertAll(account => new KeptRecord(
            "LOAN_ACCOUNT",
            account.Id,
            "§ 257 HGB, § 147 AO",
            new DateOnly(account.Last.Year + YearsOfBooks, 12, 31)
        ));
    }
}
