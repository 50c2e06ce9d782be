using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Contracts;

/// <summary>
/// Keeps the books of a customer who is erased, which name nobody; accounts in which nothing was ever booked go. Loans refuses an erasure while a loan runs.
/// </summary>
internal sealed class AccountErasure(ServicingDbContext db) : ICustomerErasure
{
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
            .. accounts.Select(account =>
                KeptRecord.FromYearsEnd("LOAN_ACCOUNT", account.Id, Law, ServicingDay.Of(account.Last), KeptRecord.YearsOfBooks)
            ),
            // They name the customer, and are kept encrypted.
            .. letters.Select(letter =>
                KeptRecord.FromYearsEnd("DUNNING_LETTER", letter.Id, Law, letter.WrittenOn, KeptRecord.YearsOfLetters)
            ),
        ];
    }
}
