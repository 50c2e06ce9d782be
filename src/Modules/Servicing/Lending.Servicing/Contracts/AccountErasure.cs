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

    /// <summary>Letters (§ 257 (1) no. 3, (4) HGB; § 147 (1) no. 3, (3) AO). They name the customer, and are kept encrypted.</summary>
    private const int YearsOfLetters = 6;

    private const string Law = "§ 257 HGB, § 147 AO";

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
        var ids = accounts.ConvertAll(account => account.Id);
        var letters = await db
            .DunningLetters.Where(letter => ids.Contains(letter.LoanAccountId))
            .Select(letter => new { letter.Id, letter.WrittenOn })
            .ToListAsync(ct);
        return
        [
            .. accounts.Select(account => new KeptRecord(
                "LOAN_ACCOUNT",
                account.Id,
                Law,
                new DateOnly(account.Last.Year + YearsOfBooks, 12, 31)
            )),
            .. letters.Select(letter => new KeptRecord(
                "DUNNING_LETTER",
                letter.Id,
                Law,
                new DateOnly(letter.WrittenOn.Year + YearsOfLetters, 12, 31)
            )),
        ];
    }
}
