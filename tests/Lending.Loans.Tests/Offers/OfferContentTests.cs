using System.Security.Cryptography;
using System.Text;
using Lending.Loans.Offers;
using Lending.Loans.Products;

namespace Lending.Loans.Tests.Offers;

public sealed class OfferContentTests
{
    private static readonly OfferContent Content = new()
    {
        OfferId = Guid.Parse("0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a"),
        Version = 2,
        Lender = "Wärme & Strom GmbH",
        CustomerId = Guid.Parse("0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10"),
        CustomerName = "Łucja O'Groß",
        CustomerEmail = "lucja@example.org",
        CustomerAddress = "Sonnenallee 12\n12045 Berlin\nDE",
        Currency = "EUR",
        LoanAmount = 24_500.00m,
        AnnualRatePercent = 4.9m,
        TermMonths = 120,
        MonthlyPayment = 258.67m,
        TotalPayment = 31_040.40m,
        TotalInterest = 6_540.40m,
        FirstDueDate = new DateOnly(2026, 12, 20),
        Method = "equal-instalments",
        MethodVersion = 1,
        PayoutDate = new DateOnly(2026, 11, 20),
        AmountOwed = 24_500.00m,
        Fees = new OfferFees
        {
            Upfront = 0.00m,
            Financed = 0.00m,
            Monthly = 0.00m,
            Dealer = 0.00m,
        },
        TotalPayable = 31_040.40m,
        AprcPercent = 5.011537m,
    };

    private const string ProductJson = """
        {"currency":"EUR","amountFrom":500.00,"amountTo":60000.00,"termMonthsFrom":12,"termMonthsTo":240,"rateBands":[{"annualRatePercent":4.9}],"dealerFeePercent":0,
        "method":"equal-instalments","dayCount":"30/360","interestOnlyMonths":0,"rateSteps":[],"validityDays":30}
        """;

    // A change here changes the hash of every offer that customers have before them: make a new member, left out where there is nothing to say.
    [Fact]
    public void What_is_hashed_never_changes()
    {
        const string json = """
            {"offerId":"0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a","version":2,"lender":"W\u00E4rme \u0026 Strom GmbH","customerId":"0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10","customerName":"\u0141ucja O\u0027Gro\u00DF","customerEmail":"lucja@example.org","customerAddress":"Sonnenallee 12\n12045 Berlin\nDE","currency":"EUR","loanAmount":24500.00,"annualRatePercent":4.9,"termMonths":120,"monthlyPayment":258.67,"totalPayment":31040.40,"totalInterest":6540.40,"firstDueDate":"2026-12-20","method":"equal-instalments","methodVersion":1,"payoutDate":"2026-11-20","amountOwed":24500.00,"fees":{"upfront":0.00,"financed":0.00,"monthly":0.00,"dealer":0.00},"totalPayable":31040.40,"aprcPercent":5.011537}
            """;

        Content.ToJson().ShouldBe(json);
        Content.DocumentHash.ShouldBe("a14c110444d428e7d81e08a5ef3f27a7612b4012e503517bab49b1dd75630a4b");
        Content.DocumentHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))));
    }

    [Fact]
    public void What_was_kept_is_read_as_it_was() => OfferContent.Parse(Content.ToJson(), OfferContent.FormatVersion).ShouldBe(Content);

    [Fact]
    public void Every_member_counts()
    {
        OfferContent[] others =
        [
            Content with
            {
                OfferId = Content.CustomerId,
            },
            Content with
            {
                Version = 1,
            },
            Content with
            {
                Lender = "Solar GmbH",
            },
            Content with
            {
                CustomerId = Content.OfferId,
            },
            Content with
            {
                CustomerName = "Ada Berg",
            },
            Content with
            {
                CustomerEmail = "ada@example.org",
            },
            Content with
            {
                CustomerAddress = "",
            },
            Content with
            {
                Currency = "USD",
            },
            Content with
            {
                LoanAmount = 24_500.01m,
            },
            Content with
            {
                AnnualRatePercent = 4.91m,
            },
            Content with
            {
                TermMonths = 121,
            },
            Content with
            {
                MonthlyPayment = 258.68m,
            },
            Content with
            {
                TotalPayment = 31_040.41m,
            },
            Content with
            {
                TotalInterest = 6_540.41m,
            },
            Content with
            {
                FirstDueDate = new DateOnly(2026, 12, 21),
            },
            Content with
            {
                Method = "declining-balance",
            },
            Content with
            {
                MethodVersion = 2,
            },
            Content with
            {
                PayoutDate = new DateOnly(2026, 11, 21),
            },
            Content with
            {
                AmountOwed = 24_500.01m,
            },
            Content with
            {
                Fees = Content.Fees with { Monthly = 0.01m },
            },
            Content with
            {
                TotalPayable = 31_040.41m,
            },
            Content with
            {
                AprcPercent = 5.011538m,
            },
            Content with
            {
                Product = new PinnedProduct(Content.OfferId, 1, "Solar", ProductContent.Parse(ProductJson)),
            },
        ];

        others.Length.ShouldBe(typeof(OfferContent).GetProperties().Count(property => property.CanWrite));
        others.Append(Content).Select(content => content.DocumentHash).Distinct().Count().ShouldBe(others.Length + 1);
    }
}
