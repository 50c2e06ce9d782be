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
        // One query: an acceptance that Loans has told of may open another account at any moment.
        var accounts = await db
            .LoanAccounts.Where(account => account.CustomerId == customerId)
            .Select(account => new
            {
                Account = account,
                Last = db
                    .LoanEvents.Where(happened => happened.LoanAccountId == account.Id)
                    .Max(happened => (DateTimeOffset?)happened.RecordedAt),
            })
            .ToListAsync(ct);
        db.RemoveRange(accounts.Where(row => row.Last is null).Select(row => row.Account));
        await db.SaveChangesAsync(ct);
        accounts.RemoveAll(row => row.Last is null);
        var ids = accounts.ConvertAll(row => row.Account.Id);
        var letters = await db
            .DunningLetters.Where(letter => ids.Contains(letter.LoanAccountId))
            .Select(letter => new { letter.Id, letter.WrittenOn })
            .ToListAsync(ct);
        return
        [
            .. accounts.Select(row =>
                KeptRecord.FromYearsEnd("LOAN_ACCOUNT", row.Account.Id, Law, ServicingDay.Of(row.Last!.Value), KeptRecord.YearsOfBooks)
            ),
            // They name the customer, and are kept encrypted.
            .. letters.Select(letter =>
                KeptRecord.FromYearsEnd("DUNNING_LETTER", letter.Id, Law, letter.WrittenOn, KeptRecord.YearsOfLetters)
            ),
        ];
    }
}
