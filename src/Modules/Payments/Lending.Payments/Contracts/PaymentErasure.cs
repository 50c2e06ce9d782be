using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Payments.Cards;
using Lending.Payments.Collections;
using Lending.Payments.Data;
using Lending.Payments.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Contracts;

/// <summary>
/// Keeps the mandates of a customer who is erased by which something was collected, the accounts to which something was paid, the lines of statements with their
/// payments, and what was paid by card with what went back of it: they are vouchers of what was booked. The rest goes. Loans refuses an erasure while a loan runs.
/// </summary>
internal sealed class PaymentErasure(PaymentsDbContext db) : ICustomerErasure
{
    public Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct) => Task.FromResult<Error?>(null);

    public async Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct)
    {
        var mandates = await db.Mandates.Where(mandate => mandate.CustomerId == customerId).ToListAsync(ct);
        var collections = await db.Collections.Where(collection => collection.CustomerId == customerId).ToListAsync(ct);
        var cancelled = collections.FindAll(collection => collection.Status == CollectionStatus.Cancelled);
        var used = collections.Except(cancelled).Select(collection => collection.MandateId).ToHashSet();
        var kept = mandates.FindAll(mandate => mandate.LastCollectedOn is not null || used.Contains(mandate.Id));
        db.RemoveRange(cancelled);
        db.RemoveRange(mandates.Except(kept));
        db.RemoveRange(await db.References.Where(reference => reference.CustomerId == customerId).ToListAsync(ct));
        var payouts = await db.Payouts.Where(payout => payout.CustomerId == customerId).ToListAsync(ct);
        var unpaid = payouts.FindAll(payout => payout.Status == PayoutStatus.Cancelled);
        var paid = payouts.Except(unpaid).Select(payout => payout.PayeeAccountId).ToHashSet();
        var accounts = await db.PayeeAccounts.Where(account => account.CustomerId == customerId).ToListAsync(ct);
        var keptAccounts = accounts.FindAll(account => paid.Contains(account.Id));
        db.RemoveRange(unpaid);
        db.RemoveRange(accounts.Except(keptAccounts));
        var cardPayments = await db
            .CardPayments.Where(payment => payment.CustomerId == customerId)
            .OrderBy(payment => payment.Id)
            .ToListAsync(ct);
        db.RemoveRange(cardPayments.Where(payment => payment.Status != CardPaymentStatus.Paid));
        await db.SaveChangesAsync(ct);
        var lines = await db
            .BankLines.Where(line => line.CustomerId == customerId)
            .OrderBy(line => line.Id)
            .Select(line => new { line.Id, line.BookedOn })
            .ToListAsync(ct);
        return
        [
            .. kept.Select(mandate => Kept("MANDATE", mandate.Id, mandate.LastCollectedOn ?? mandate.SignedOn)),
            .. keptAccounts.Select(account =>
                Kept(
                    "PAYEE_ACCOUNT",
                    account.Id,
                    payouts.Where(payout => payout.PayeeAccountId == account.Id).Max(payout => payout.ExecuteOn)
                )
            ),
            .. lines.Select(line => Kept("BANK_LINE", line.Id, line.BookedOn)),
            .. cardPayments
                .Where(payment => payment.Status == CardPaymentStatus.Paid)
                .Select(payment => Kept("CARD_PAYMENT", payment.Id, payment.PaidOn!.Value)),
        ];
    }

    private static KeptRecord Kept(string kind, Guid id, DateOnly day) =>
        KeptRecord.FromYearsEnd(kind, id, "§ 257 HGB, § 147 AO", day, KeptRecord.YearsOfBooks);
}
