using Lending.Customers.Contracts;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Contracts;

/// <summary>Opens an account for an accepted offer, and records its payout and a withdrawal after it. Events may come twice and in any order: there is one account and one payout.</summary>
internal sealed class AccountOpening(
    ServicingDbContext db,
    IAcceptedOffers offers,
    ICustomerDirectory customers,
    LoanRecorder recorder,
    Transactions transactions,
    OrganizationClock clock
) : IEventHandler<LoanOfferAccepted>, IEventHandler<LoanOfferDisbursed>, IEventHandler<LoanOfferWithdrawn>
{
    public Task HandleAsync(LoanOfferAccepted happened, Guid messageId, CancellationToken ct) => OpenAsync(happened.OfferId, ct);

    public async Task HandleAsync(LoanOfferDisbursed happened, Guid messageId, CancellationToken ct)
    {
        if (await OpenAsync(happened.OfferId, ct) is not (var offer, var accountId, var events))
        {
            return;
        }
        // Tranches may have been paid out before: what Loans then records as paid out is the rest.
        var rest = offer.AmountOwed - events.OfType<Disbursed>().Where(tranche => tranche.Id != messageId).Sum(tranche => tranche.Amount);
        if (rest > 0)
        {
            var tranche = new EventDocument
            {
                Type = EventDocument.Tranche,
                On = offer.DisbursedOn ?? throw new InvalidOperationException("An offer that was paid out has a day of payout."),
                Amount = rest,
            };
            await RecordAsync(accountId, messageId, tranche, ct);
        }
    }

    /// <summary>Before the payout a withdrawal is Loans' alone: then there is nothing to give back.</summary>
    public async Task HandleAsync(LoanOfferWithdrawn happened, Guid messageId, CancellationToken ct)
    {
        // Staff may have recorded it already.
        if (
            await OpenAsync(happened.OfferId, ct) is (_, var accountId, var events)
            && events.Any(known => known is Disbursed)
            && !events.Any(known => known is Withdrawn && known.Id != messageId)
        )
        {
            var withdrawal = new EventDocument { Type = EventDocument.Withdrawal, On = ServicingDay.Of(happened.At) };
            await RecordAsync(accountId, messageId, withdrawal, ct);
        }
    }

    // The id of the message is the event's: however often it comes, it is recorded once.
    private async Task RecordAsync(Guid accountId, Guid messageId, EventDocument document, CancellationToken ct)
    {
        var outcome = await recorder.RecordAsync(accountId, messageId, document, ct);
        if (outcome.Error is { } error)
        {
            throw new InvalidOperationException($"The {document.Type} could not be recorded: {error.Code}.");
        }
    }

    // Null: the customer was erased before anything was paid out, and there are no books to keep.
    private async Task<(AcceptedOffer Offer, Guid AccountId, IReadOnlyList<LoanEvent> Events)?> OpenAsync(
        Guid offerId,
        CancellationToken ct
    )
    {
        var offer =
            await offers.FindAsync(offerId, ct) ?? throw new InvalidOperationException("An offer that was accepted has an acceptance.");
        await using var transaction = await transactions.BeginAsync(ct);
        var isErased = await customers.HoldAsync(offer.CustomerId, ct) is null;
        var known = await db
            .LoanAccounts.Where(account => account.OfferId == offerId)
            .Select(account => (Guid?)account.Id)
            .SingleOrDefaultAsync(ct);
        if (known is { } id)
        {
            return await db.FindLoanAsync(id, ct) is (_, var events) ? (offer, id, events) : null;
        }
        if (isErased && offer.DisbursedOn is null)
        {
            return null;
        }

        var tolerance = await db.DunningPolicies.Select(policy => policy.ClosingTolerance).SingleOrDefaultAsync(ct);
        var account = LoanAccount.Open(offer, clock.GetStorableNow(), closingTolerance: tolerance);
        db.AddRange(account, new LoanStanding(account));
        // Where another instance was quicker, the unique index refuses this one, and the event is handled again later.
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        // Whoever posts locks the standing and reads it then.
        db.ChangeTracker.Clear();
        return (offer, account.Id, []);
    }
}
