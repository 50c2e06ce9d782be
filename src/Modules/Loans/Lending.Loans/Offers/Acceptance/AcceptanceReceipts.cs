using Lending.Customers.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Receipts;
using Lending.Notifications.Contracts;
using Lending.Pdf;
using Lending.Platform.Http;
using Lending.Platform.Security;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Makes the receipt of an acceptance, seals it, and mails it to the customer, in the acceptance's transaction: both are there, or neither is.</summary>
internal sealed class AcceptanceReceipts(
    LoansDbContext db,
    ICustomerDirectory customers,
    INotifications notifications,
    SealKeys keys,
    PublicUrl address
)
{
    public async Task IssueAsync(LoanOffer offer, CancellationToken ct)
    {
        var acceptance = offer.Acceptance!;
        var evidence = acceptance.Evidence;
        var file = ReceiptDocument.Render(
            new ReceiptModel
            {
                Lender = offer.Lender,
                CustomerName = offer.Customer.FullName,
                OfferId = offer.Id,
                Version = acceptance.Version,
                OfferHash = Convert.ToHexStringLower(acceptance.DocumentHash),
                ShownAt = evidence.ShownAt,
                InformationHash = evidence.InformationHash is { } hash ? Convert.ToHexStringLower(hash) : null,
                InformedAt = evidence.InformedAt,
                TypedName = acceptance.TypedName,
                AcceptedAt = acceptance.AcceptedAt,
                OverLink = acceptance.OverLink,
                SessionId = evidence.SessionId,
                CodeSentAt = evidence.CodeSentAt,
                CodeGivenAt = evidence.CodeGivenAt,
                CodeSessionHash = evidence.CodeSessionHash is { } session ? Convert.ToHexStringLower(session) : null,
                WithdrawalEndsAt = offer.WithdrawalEndsAt!.Value,
                TimeZone = TimeZoneInfo.FindSystemTimeZoneById(evidence.TimeZone!),
                CheckedAt = address.To("documents/check"),
            },
            DocumentLanguage.For(evidence.Language)
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
