using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Products;
using Lending.Loans.Terms;

namespace Lending.Loans.Tests.Products;

/// <summary>From a product's version and a wish to a loan's terms: what offers with a product are made of.</summary>
public sealed class UsableProductTests
{
    private static readonly LoanDates Dates = new(new DateOnly(2026, 1, 10), new DateOnly(2026, 2, 15));

    private static readonly UsableProduct Product = new(
        Guid.Empty,
        "Solar",
        Retired: false,
        Version: 3,
        new ProductRequest
        {
            Name = "Solar",
            IsPublic = false,
            Retired = false,
            Currency = "EUR",
            AmountFrom = 1_000,
            AmountTo = 50_000,
            TermMonthsFrom = 12,
            TermMonthsTo = 120,
            RateBands =
            [
                new RateBand
                {
                    TermMonthsTo = 60,
                    AmountTo = 9_999.99m,
                    AnnualRatePercent = 6,
                },
                new RateBand
                {
                    TermMonthsTo = 60,
                    AmountFrom = 10_000,
                    AnnualRatePercent = 5,
                },
                new RateBand { TermMonthsFrom = 72, AnnualRatePercent = 7 },
            ],
            Fees = new FeeTerms
            {
                Upfront = new FeeAmount { Percent = 2 },
                Monthly = new FeeAmount { Amount = 1.5m },
            },
            DealerFeePercent = 4,
            Method = "declining-balance",
            DayCount = "actual/360",
            StubDayCount = "actual/365f",
            InterestOnlyMonths = 3,
            RateSteps =
            [
                new RateStepTerms { FromInstalment = 25, AnnualRatePercent = 8 },
                new RateStepTerms { FromInstalment = 73, AnnualRatePercent = 9 },
            ],
            ValidityDays = 30,
        }.ToContent()
    );

    [Theory]
    [InlineData("1000", 12, "6", 0)]
    [InlineData("9999.99", 60, "6", 1)]
    [InlineData("10000", 24, "5", 0)]
    [InlineData("50000", 25, "5", 1)]
    [InlineData("1000", 72, "7", 1)]
    [InlineData("50000", 120, "7", 2)]
    public void Terms_have_the_bands_rate_and_all_that_the_version_lays_down(string amount, int term, string rate, int steps)
    {
        Product.TryTerms(Wish(Number(amount), term), out var terms, out var error).ShouldBeTrue();

        error.ShouldBeNull();
        terms!.Amount.ShouldBe(Number(amount));
        terms.TermMonths.ShouldBe(term);
        terms.AnnualRatePercent.ShouldBe(Number(rate));
        terms.Currency.Code.ShouldBe("EUR");
        terms.Method.ShouldBe(ScheduleMethod.DecliningBalance);
        terms.DayCount.ShouldBe(DayCount.Actual360);
        terms.StubDayCount.ShouldBe(DayCount.Actual365Fixed);
        terms.InterestOnlyMonths.ShouldBe(3);
        terms.RateSteps.ShouldBe(new RateStep[] { new(25, 8), new(73, 9) }.Take(steps));
        terms.Fees.ShouldBe(
            new LoanFees
            {
                Upfront = new Fee(null, 2),
                Monthly = new Fee(1.5m, null),
                DealerFeePercent = 4,
            }
        );
        terms.PayoutDate.ShouldBe(Dates.Payout);
        terms.FirstDueDate.ShouldBe(Dates.FirstDue);
        LoanQuote.TryOf(terms, out _, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("999.99", 12, "amount-outside-product", "loanAmount")]
    [InlineData("50000.01", 12, "amount-outside-product", "loanAmount")]
    [InlineData("1000.001", 12, "amount-scale", "loanAmount")]
    [InlineData("1000", 11, "term-outside-product", "termMonths")]
    [InlineData("1000", 121, "term-outside-product", "termMonths")]
    [InlineData("1000", 61, "no-rate-for-terms", "productId")]
    [InlineData("1000", 71, "no-rate-for-terms", "productId")]
    public void What_the_version_does_not_lend_has_no_terms(string amount, int term, string code, string field)
    {
        Product.TryTerms(Wish(Number(amount), term), out var terms, out var error).ShouldBeFalse();

        terms.ShouldBeNull();
        error!.Code.ShouldBe(code);
        error.Field.ShouldBe(field);
        error.Kind.ShouldBe(ErrorKind.Validation);
    }

    [Fact]
    public void A_cash_price_leads_to_the_amount_with_the_dealer_fee()
    {
        var wish = new LoanWish(LoanAmount: null, CashPrice: 20_000, TermMonths: 24, Dates);
        Product.TryTerms(wish, out var terms, out _).ShouldBeTrue();
        terms!.Amount.ShouldBe(20_833.33m);

        // 960 is lent as 1,000, and 959.99 as less.
        Product.TryTerms(wish with { CashPrice = 960 }, out _, out _).ShouldBeTrue();
        Product.TryTerms(wish with { CashPrice = 959.99m }, out _, out var error).ShouldBeFalse();
        error!.Code.ShouldBe("amount-outside-product");
        error.Field.ShouldBe("cashPrice");
    }

    [Theory]
    [InlineData(false, null, null)]
    [InlineData(false, "EUR", null)]
    [InlineData(false, "CHF", "currency-mismatch")]
    [InlineData(true, "EUR", "product-retired")]
    public void Retired_products_and_other_currencies_are_obstacles(bool retired, string? currency, string? code) =>
        ((Product with { Retired = retired }).ObstacleTo(currency)?.Code).ShouldBe(code);

    [Fact]
    public void Every_loan_that_the_version_lends_lies_in_one_range_that_says_the_same_of_it()
    {
        Product.TryRanges(new LoanWish(null, null, null, Dates), out var ranges, out _).ShouldBeTrue();

        foreach (var amount in (decimal[])[1_000, 9_999.99m, 10_000, 50_000])
        {
            for (var term = 12; term <= 120; term++)
            {
                var containing = ranges!
                    .Where(range =>
                        amount >= range.AmountFrom
                        && amount <= range.Largest.Amount
                        && term >= range.TermMonthsFrom
                        && term <= range.Largest.TermMonths
                    )
                    .ToList();
                if (!Product.TryTerms(Wish(amount, term), out var terms, out _))
                {
                    containing.ShouldBeEmpty();
                    continue;
                }
                var same = containing.ShouldHaveSingleItem().Largest.WithAmount(amount).WithTerm(term);
                (same with { RateSteps = terms!.RateSteps }).ShouldBe(terms);
                same.RateSteps.ShouldBe(terms.RateSteps);
            }
        }
    }

    private static LoanWish Wish(decimal amount, int term) => new(amount, CashPrice: null, term, Dates);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
