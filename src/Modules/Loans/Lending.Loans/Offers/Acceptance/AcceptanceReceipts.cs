using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Receipts;
using Lending.Notifications.Contracts;
using Lending.Pdf;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Makes the receipt of an acceptance, seals it, and mails it to the customer, in the acceptance's transaction: both are there, or neither is.</summary>
internal sealed class AcceptanceReceipts(
    LoansDbContext db,
    IEnumerable<IGivenInformation> information,
    ICustomerDirectory customers,
    INotifications notifications,
    SealKeys keys,
    PublicUrl address
)
{
    public async Task IssueAsync(LoanOffer offer, Signature signature, OrganizationSummary organization, CancellationToken ct)
    {
        var acceptance = offer.Acceptance!;
        var offerHash = Convert.ToHexStringLower(acceptance.DocumentHash);
        var shownAt = await db
            .OfferViews.Where(view => view.OfferId == offer.Id && view.Version == acceptance.Version)
            .Select(view => (DateTimeOffset?)view.FirstSeenAt)
            .SingleOrDefaultAsync(ct);
        GivenInformation? given = null;
        foreach (var source in information)
        {
            given ??= await source.FindAsync(offer.Id, offerHash, ct);
        }
        var file = ReceiptDocument.Render(
            new ReceiptModel
            {
                Lender = offer.Lender,
                CustomerName = offer.Customer.FullName,
                OfferId = offer.Id,
                Version = acceptance.Version,
                OfferHash = offerHash,
                ShownAt = shownAt,
                InformationHash = given?.Hash,
                InformedAt = given?.GivenAt,
                TypedName = acceptance.TypedName,
                AcceptedAt = acceptance.AcceptedAt,
                OverLink = acceptance.OverLink,
                WithMailedCode = acceptance.CodeChannel is not null,
                WithdrawalEndsAt = offer.WithdrawalEndsAt!.Value,
                TimeZone = TimeZoneInfo.FindSystemTimeZoneById(organization.TimeZone),
                CheckedAt = address.To("documents/check"),
            },
            DocumentLanguage.For(signature.Language ?? organization.Language)
        );
        db.Add(new OfferReceipt(offer.Id, file, keys, acceptance.AcceptedAt));
        if (await customers.HoldAsync(offer.Customer.Id, ct) is { } customer)
        {
            await notifications.SendAsync(
                Message.AcceptanceReceipt(
                    customer.Email,
                    customer.Id,
                    customer.FullName,
                    offer.Id,
                    new MessageFile($"receipt-{offer.Id}.pdf", file)
                ),
                ct
            );
        }
    }
}
