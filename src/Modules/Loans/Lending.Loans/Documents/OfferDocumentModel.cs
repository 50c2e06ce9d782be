using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Versions;

namespace Lending.Loans.Documents;

/// <summary>Everything that the document of one version of an offer says. Equal models give equal bytes.</summary>
internal sealed record OfferDocumentModel
{
    public required Guid OfferId { get; init; }

    /// <summary>The number of the offer's version.</summary>
    public required int Version { get; init; }

    /// <summary>The day on which the version was made, in UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How many days after the day of approval the offer can be accepted.</summary>
    public required int ValidityDays { get; init; }

    public required string Lender { get; init; }

    public required string CustomerName { get; init; }

    public required string CustomerEmail { get; init; }

    /// <summary>The customer's postal address, in lines; may be empty.</summary>
    public required string CustomerAddress { get; init; }

    /// <summary>What the offer's product is called; null for an offer without one.</summary>
    public required string? ProductName { get; init; }

    /// <summary>The terms and all figures but the APRC.</summary>
    public required LoanQuote Quote { get; init; }

    /// <summary>The annual percentage rate of charge as it was offered; null for versions that were made before it was computed.</summary>
    public required decimal? AprcPercent { get; init; }

    /// <summary>The SHA-256 of what the version says, as 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>What is paid back if the customer withdraws after the payout, for each day until then.</summary>
    public decimal DailyInterest =>
        WithdrawalRepayment.DailyInterestOn(Quote.AmountOfCredit, Quote.Terms.AnnualRatePercent, Quote.Terms.Currency);

    public Currency Currency => Quote.Terms.Currency;

    public decimal TotalMonthlyFees => Quote.Terms.TermMonths * Quote.MonthlyFee;

    /// <summary>What the QR code holds: which version of which offer has which hash.</summary>
    public string VerificationText => $"lending:offer:{OfferId}:v{Version}:sha256:{Hash}";

    /// <summary>What a version says. Its figures are computed anew; a document that contradicted what was hashed is not made.</summary>
    public static OfferDocumentModel Of(VersionResponse version)
    {
        var content = version.Content!;
        var quote = content.Quote;
        if (
            (quote.Method, quote.MethodVersion, quote.MonthlyPayment, quote.TotalPayment, quote.TotalInterest, quote.TotalPayable)
            != (
                content.Method,
                content.MethodVersion,
                content.MonthlyPayment,
                content.TotalPayment,
                content.TotalInterest,
                content.TotalPayable
            )
        )
        {
            throw new InvalidOperationException(
                $"The figures of version {version.Number} of offer {content.OfferId} come out otherwise than they were offered."
            );
        }
        return new OfferDocumentModel
        {
            OfferId = content.OfferId,
            Version = content.Version,
            Date = DateOnly.FromDateTime(version.MadeAt.UtcDateTime),
            ValidityDays = content.Product?.Content.ValidityDays ?? LoanOffer.ValidityDays,
            Lender = content.Lender,
            CustomerName = content.CustomerName,
            CustomerEmail = content.CustomerEmail,
            CustomerAddress = content.CustomerAddress,
            ProductName = content.Product?.Name,
            Quote = quote,
            AprcPercent = content.AprcPercent,
            Hash = version.DocumentHash,
        };
    }
}
