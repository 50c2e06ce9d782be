using System.Globalization;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;

namespace Lending.Loans.Offers;

/// <summary>Tells the customer, and whoever made the offer, what has just become of it; in the transaction of the change.</summary>
internal sealed class OfferMessages(
    ICustomerDirectory customers,
    IStaffDirectory staff,
    IOrganizationDirectory organizations,
    INotifications notifications
)
{
    /// <summary>Tells of the offer's latest transition those who wait for it.</summary>
    public async Task SendAsync(LoanOffer offer, CancellationToken ct)
    {
        var transition = offer.History[^1];
        await TellCustomerAsync(offer, transition, ct);
        // Who did it themselves knows.
        if (
            transition.To
                is OfferStatus.Approved
                    or OfferStatus.Rejected
                    or OfferStatus.Accepted
                    or OfferStatus.Declined
                    or OfferStatus.Withdrawn
                    or OfferStatus.Expired
            && transition.By.Id != offer.CreatedBy.Id
            && await staff.FindEmailAsync(offer.CreatedBy.Id, ct) is { } email
        )
        {
            var news = Message.OfferNews(email, offer.CreatedBy.Id, offer.Customer.FullName, offer.Id, EnumText.Of(transition.To));
            await notifications.SendAsync(news, ct);
        }
    }

    private async Task TellCustomerAsync(LoanOffer offer, OfferTransition transition, CancellationToken ct)
    {
        MessageKind? kind = transition switch
        {
            { To: OfferStatus.Approved } => MessageKind.OfferApproved,
            { To: OfferStatus.Rejected } => MessageKind.OfferRejected,
            { To: OfferStatus.Expired } => MessageKind.OfferExpired,
            // Of one that could not be accepted yet, the customer was told nothing.
            { To: OfferStatus.Cancelled, From: OfferStatus.Approved } => MessageKind.OfferCancelled,
            { To: OfferStatus.Withdrawn } => MessageKind.WithdrawalReceipt,
            { To: OfferStatus.Disbursed } => MessageKind.OfferDisbursed,
            _ => null,
        };
        if (kind is null || await customers.HoldAsync(offer.Customer.Id, ct) is not { } customer)
        {
            return;
        }
        var message =
            kind == MessageKind.WithdrawalReceipt
                ? Message.WithdrawalReceipt(
                    customer.Email,
                    customer.Id,
                    customer.FullName,
                    offer.Id,
                    await TimeOfAsync(offer, transition, ct)
                )
                : Message.OfOffer(kind.Value, customer.Email, customer.Id, customer.FullName, offer.Id);
        await notifications.SendAsync(message, ct);
    }

    // The receipt of a withdrawal tells when it arrived (Directive (EU) 2023/2673, Article 11a).
    private async Task<string> TimeOfAsync(LoanOffer offer, OfferTransition transition, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(offer.OrganizationId, ct);
        var there = TimeZoneInfo.ConvertTime(transition.At, TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone));
        return there.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
    }
}
