using Lending.Loans.Contracts;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Contracts;

/// <summary>Opens an account for an accepted offer, and records its payout. Events may come twice and in any order: there is one account and one payout.</summary>
internal sealed class AccountOpening(ServicingDbContext db, IAcceptedOffers offers, LoanRecorder recorder, TimeProvider clock)
    : IEventHandler<LoanOfferAccepted>,
        IEventHandler<LoanOfferDisbursed>
{
    public Task HandleAsync(LoanOfferAccepted happened, Guid messageId, CancellationToken ct) => OpenAsync(happened.OfferId, ct);

    public async Task HandleAsync(LoanOfferDisbursed happened, Guid messageId, CancellationToken ct)
    {
        var (accountId, offer) = await OpenAsync(happened.OfferId, ct);
        var tranche = new EventDocument
        {
            Type = EventDocument.Tranche,
            On = offer.DisbursedOn ?? throw new InvalidOperationException("An offer that was paid out has a day of payout."),
            Amount = offer.AmountOwed,
        };
        // The id of the message is the event's: however often it comes, it is recorded once.
        var outcome = await recorder.RecordAsync(accountId, messageId, tranche, ct);
        if (outcome.Error is { } error)
        {
            throw new InvalidOperationException($"The payout could not be recorded: {error.Code}.");
        }
    }

    private async Task<(Guid AccountId, AcceptedOffer Offer)> OpenAsync(Guid offerId, CancellationToken ct)
    {
        var offer =
            await offers.FindAsync(offerId, ct) ?? throw new InvalidOperationException("An offer that was accepted has an acceptance.");
        var known = await db
            .LoanAccounts.Where(account => account.OfferId == offerId)
            .Select(account => (Guid?)account.Id)
            .SingleOrDefaultAsync(ct);
        if (known is { } id)
        {
            return (id, offer);
        }

        var account = LoanAccount.Open(offer, clock.GetStorableNow());
        db.Add(account);
        // Where another instance was quicker, the unique index refuses this one, and the event is handled again later.
        await db.SaveChangesAsync(ct);
        return (account.Id, offer);
    }
}
