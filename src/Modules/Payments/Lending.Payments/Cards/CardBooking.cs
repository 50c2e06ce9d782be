using Lending.Kernel;
using Lending.Payments.Data;
using Lending.Payments.Statements;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Lending.Payments.Cards;

/// <summary>
/// Changes payments by card, one at a time each, and books on the loan account what the provider tells of them. All of one telling is one transaction with what it
/// does at Servicing, and the ids of our rows let Servicing record each thing once, however often it is told.
/// </summary>
internal sealed class CardBooking(
    PaymentsDbContext db,
    OrganizationSql sql,
    ILoanPayments loans,
    Transactions transactions,
    OrganizationClock clock,
    ILogger<CardBooking> logger
)
{
    /// <summary>Follows what the provider knows of a payment.</summary>
    public Task<(CardPayment? Payment, Error? Error)> FollowAsync(Guid id, ProviderPayment told, CancellationToken ct) =>
        ChangeAsync(id, payment => FollowAsync(payment, told, ct), ct);

    /// <summary>Changes a payment that nobody else changes meanwhile. Where it cannot be changed, there is an error and no payment, and nothing is left of it.</summary>
    public async Task<(CardPayment? Payment, Error? Error)> ChangeAsync(
        Guid id,
        Func<CardPayment, Task<Error?>> change,
        CancellationToken ct
    )
    {
        // What was read before the lock may be old.
        db.ChangeTracker.Clear();
        await using var transaction = await transactions.BeginAsync(ct);
        await sql.ReadAsync(
            $"SELECT FROM payments.card_payments WHERE {sql.OfOrganization} AND id = {id} FOR NO KEY UPDATE",
            row => row.FieldCount,
            ct
        );
        var payment = await db.CardPayments.Include(row => row.Returns).SingleOrDefaultAsync(row => row.Id == id, ct);
        if (payment is null)
        {
            return (null, Error.NoSuchThing);
        }
        if (await change(payment) is { } error)
        {
            return (null, error);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (payment, null);
    }

    private async Task<Error?> FollowAsync(CardPayment payment, ProviderPayment told, CancellationToken ct)
    {
        if (payment.ProviderId is { } known && known != told.Id)
        {
            logger.LogWarning("The provider's payment {ProviderId} names {CardPayment}, which is another one there", told.Id, payment.Id);
            return null;
        }
        payment.Follow(told, clock.GetStorableNow());
        await BookAsync(payment, told.AmountReceived, ct);
        // First those that failed: they make room for those that took their place.
        foreach (var back in told.Returns.OrderByDescending(one => one.IsOver))
        {
            if (await FollowAsync(payment, back, ct) is { } error)
            {
                return error;
            }
        }
        return null;
    }

    private async Task<Error?> FollowAsync(CardPayment payment, ProviderReturn told, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var back = payment.Returns.Find(row => row.Id == told.CardReturnId || row.ProviderId == told.Id);
        if (back is null)
        {
            // Made at the provider, and failed: no money moved.
            if (told is { Kind: CardReturnKind.Refund, IsOver: true, WithdrawnAt: null })
            {
                return null;
            }
            // Somebody gave it back at the provider, or the holder of the card disputes it.
            if (told.Kind == CardReturnKind.Refund && payment.Reserve(told.Amount) is { } error)
            {
                return error;
            }
            back = CardReturn.Begin(payment, told, now);
            db.Add(back);
            if (told.Kind == CardReturnKind.Dispute)
            {
                AddWorkItem(payment, WorkItemKind.CardDispute, told.Reason ?? "no-reason");
            }
        }
        var counted = back.Counts;
        back.Follow(told, now);
        if (back.Kind == CardReturnKind.Refund && counted && !back.Counts)
        {
            payment.Release(back.Amount);
        }
        await BookAsync(payment, back, ct);
        return null;
    }

    private async Task BookAsync(CardPayment payment, decimal received, CancellationToken ct)
    {
        if (payment is not { Status: CardPaymentStatus.Paid, IsBooked: false })
        {
            return;
        }
        var refusal =
            received == payment.Amount
                ? (await loans.RecordAsync(payment.LoanAccountId, payment.Id, payment.PaidOn!.Value, payment.Amount, ct))?.Code
                : "amount-differs";
        if (refusal is null)
        {
            payment.Book();
        }
        else if (payment.RefuseBooking(refusal))
        {
            AddWorkItem(payment, WorkItemKind.BookingRefused, refusal);
        }
    }

    private async Task BookAsync(CardPayment payment, CardReturn back, CancellationToken ct)
    {
        // What the loan account never had cannot be taken from it.
        if (!payment.IsBooked || back.WithdrawnOn is not { } withdrawnOn)
        {
            return;
        }
        string? refusal = null;
        if (!back.IsBooked)
        {
            // No fee: the customer owes none for money that we give back, nor where they may never have paid.
            var returned = new PaymentReturn(back.Id, payment.Id, Later(withdrawnOn, payment.PaidOn!.Value), back.Amount, back.Id, 0);
            refusal = (await loans.ReturnAsync(payment.LoanAccountId, returned, ct))?.Code;
            if (refusal is null)
            {
                back.Book();
            }
        }
        if (refusal is null && back is { Status: CardReturnStatus.Reinstated, IsReinstatementBooked: false })
        {
            refusal = (await loans.ReverseReturnAsync(payment.LoanAccountId, back.ReinstatementId, back.Id, ct))?.Code;
            if (refusal is null)
            {
                back.BookReinstatement();
            }
        }
        if (refusal is not null && back.RefuseBooking(refusal))
        {
            AddWorkItem(payment, WorkItemKind.BookingRefused, refusal);
        }
    }

    private void AddWorkItem(CardPayment payment, WorkItemKind kind, string explanation) =>
        db.Add(WorkItem.OfCardPayment(payment.Id, payment.LoanAccountId, kind, explanation, clock.GetStorableNow()));

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
