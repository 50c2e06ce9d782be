using System.Diagnostics;
using Lending.Loans.Contracts;

namespace Lending.Loans.Offers;

/// <summary>What other modules are told of an offer's life: one event for each row of its history, and one for the end of the withdrawal period.</summary>
internal static class OfferEvents
{
    /// <summary>The event of the offer's latest transition.</summary>
    public static LoanOfferEvent OfLatest(LoanOffer offer, Guid organizationId)
    {
        var transition = offer.History[^1];
        return transition.To switch
        {
            OfferStatus.Pending => Event<LoanOfferCreated>(),
            OfferStatus.Approved => Event<LoanOfferApproved>(),
            OfferStatus.Rejected => Event<LoanOfferRejected>(),
            OfferStatus.Accepted => Event<LoanOfferAccepted>(),
            OfferStatus.Declined => Event<LoanOfferDeclined>(),
            OfferStatus.Expired => Event<LoanOfferExpired>(),
            OfferStatus.Cancelled => Event<LoanOfferCancelled>(),
            OfferStatus.Withdrawn => Event<LoanOfferWithdrawn>(),
            OfferStatus.Disbursed => Event<LoanOfferDisbursed>(),
            _ => throw new UnreachableException(),
        };

        LoanOfferEvent Event<T>()
            where T : LoanOfferEvent, new() =>
            new T
            {
                OfferId = offer.Id,
                OrganizationId = organizationId,
                CustomerId = offer.Customer.Id,
                At = transition.At,
                By = transition.By.Id,
            };
    }

    /// <summary>The event of the end of an offer's withdrawal period.</summary>
    public static LoanOfferWithdrawalPeriodEnded OfWithdrawalPeriodEnd(LoanOffer offer) =>
        new()
        {
            OfferId = offer.Id,
            OrganizationId = offer.OrganizationId,
            CustomerId = offer.Customer.Id,
            At = offer.WithdrawalEndedAt!.Value,
        };
}
