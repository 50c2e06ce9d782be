using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Documents;

namespace Lending.Loans.Tests.Documents;

/// <summary>Offers to print.</summary>
internal static class SampleOffers
{
    public static readonly Wording English = Wording.All.Single(wording => wording.Language == "en");

    public static readonly Wording German = Wording.All.Single(wording => wording.Language == "de");

    /// <summary>An offer over 24,500 euros for ten years without fees.</summary>
    public static OfferDocumentModel Plain { get; } = Of(TermsOf(24_500m, 120, "EUR"));

    /// <summary>The longest one there is, with every fee.</summary>
    public static OfferDocumentModel Long { get; } =
        Of(TermsOf(250_000m, 600, "EUR") with { Fees = Fees(upfront: 150m, financed: 99m, monthly: 2.5m, dealer: 3m) });

    public static LoanTerms TermsOf(decimal amount, int termMonths, string currency, decimal ratePercent = 4.9m) =>
        new(amount, ratePercent, termMonths, Currency.Get(currency)) { FirstDueDate = new DateOnly(2027, 1, 31) };

    public static LoanFees Fees(decimal upfront, decimal financed, decimal monthly, decimal dealer) =>
        new()
        {
            Upfront = new Fee(upfront, null),
            Financed = new Fee(financed, null),
            Monthly = new Fee(monthly, null),
            DealerFeePercent = dealer,
        };

    public static OfferDocumentModel Of(LoanTerms terms)
    {
        LoanQuote.TryOf(terms, out var quote, out var error).ShouldBeTrue(error?.Code);
        return new OfferDocumentModel
        {
            OfferId = Guid.Parse("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a"),
            Version = 3,
            Date = new DateOnly(2026, 12, 31),
            ValidityDays = 30,
            Lender = "Sonnenkraft Groß & Söhne GmbH",
            CustomerName = "Łukasz Dvořák Şahin",
            CustomerEmail = "lukasz@example.org",
            CustomerAddress = "ulica Słoneczna 7\n90-001 Łódź\nΕλλάδα",
            ProductName = null,
            Quote = quote!,
            AprcPercent = quote!.AprcPercent,
            Hash = "3f9a1c2b4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8",
        };
    }
}
