using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

public sealed class LoanRefusalTests
{
    private static readonly LoanTerms _loan = Loan(1_000, 5, 12) with { PayoutDate = new(2026, 1, 15), FirstDueDate = new(2026, 2, 15) };

    public static TheoryData<string, string, string> Refusals { get; } =
        new()
        {
            { "as many interest-only months as months", "interest-only-months-out-of-range", "interestOnlyMonths" },
            { "negative interest-only months", "interest-only-months-out-of-range", "interestOnlyMonths" },
            { "a step at the first instalment", "rate-steps-invalid", "rateSteps" },
            { "a step after the last instalment", "rate-steps-invalid", "rateSteps" },
            { "steps in the wrong order", "rate-steps-invalid", "rateSteps" },
            { "two steps at once", "rate-steps-invalid", "rateSteps" },
            { "a step above 50 percent", "rate-steps-invalid", "rateSteps" },
            { "a step below 0 percent", "rate-steps-invalid", "rateSteps" },
            { "a step of seven decimals", "rate-steps-invalid", "rateSteps" },
            { "61 steps", "rate-steps-invalid", "rateSteps" },
            { "a fee of both sorts", "fee-invalid", "fees.upfront" },
            { "a fee of neither sort", "fee-invalid", "fees.financed" },
            { "a negative fee", "fee-invalid", "fees.monthly" },
            { "a fee of half a cent", "fee-invalid", "fees.upfront" },
            { "a fee above 50 percent", "fee-invalid", "fees.upfront" },
            { "a fee above a million", "fee-invalid", "fees.financed" },
            { "a negative dealer fee", "dealer-fee-out-of-range", "dealerFeePercent" },
            { "a dealer fee above 50 percent", "dealer-fee-out-of-range", "dealerFeePercent" },
            { "days without dates", "dates-needed", "payoutDate" },
            { "days without a payout date", "dates-needed", "payoutDate" },
            { "first due before the payout", "first-due-date-out-of-range", "firstDueDate" },
            { "first due after more than a year", "first-due-date-out-of-range", "firstDueDate" },
            { "a payout and no first due date", "first-due-date-out-of-range", "firstDueDate" },
            { "a payout in the year 1", "first-due-date-out-of-range", "firstDueDate" },
            { "a payout in 1899", "first-due-date-out-of-range", "firstDueDate" },
            { "first due in 2200", "first-due-date-out-of-range", "firstDueDate" },
            { "a million and a cent owed", "amount-owed-out-of-range", "fees.financed" },
            { "no interest for a part of the term", "interest-free-in-part", "method" },
            { "no interest at first", "interest-free-in-part", "method" },
            { "no principal in the instalments", "does-not-amortise", "termMonths" },
            { "instalments of a yen for too little", "does-not-amortise", "termMonths" },
            { "instalments of a yen for too much", "does-not-amortise", "termMonths" },
            { "instalments below the interest of a long month", "does-not-amortise", "termMonths" },
            { "an upfront fee of the whole amount", "aprc-out-of-range", "fees" },
            { "an upfront fee of all but a cent", "aprc-out-of-range", "fees" },
            { "all repaid at once", "aprc-out-of-range", "fees" },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_makes_no_loan_is_refused_with_code_and_field(string what, string code, string field)
    {
        LoanQuote.TryOf(Terms(what), out var quote, out var error).ShouldBeFalse();

        quote.ShouldBeNull();
        (error!.Code, error.Field, error.Kind).ShouldBe((code, field, Kernel.ErrorKind.Validation));
        error.Message.ShouldEndWith(".");
    }

    // The other side of each edge.
    [Theory]
    [InlineData("eleven interest-only months")]
    [InlineData("a step at the second instalment")]
    [InlineData("a step at the last instalment")]
    [InlineData("60 steps")]
    [InlineData("a dealer fee of 50 percent")]
    [InlineData("a fee of 50 percent")]
    [InlineData("first due on the day of the payout")]
    [InlineData("first due after a year")]
    [InlineData("neither date")]
    [InlineData("a first due date alone")]
    [InlineData("a million owed")]
    [InlineData("the largest, dearest and longest loan")]
    [InlineData("the smallest and longest loan without interest")]
    [InlineData("no interest for a part of the term by declining balance")]
    [InlineData("no interest for a part of the term by equal principal")]
    public void What_is_at_the_edge_is_quoted(string what) => LoanQuote.TryOf(Terms(what), out _, out var error).ShouldBeTrue(error?.Code);

    private static LoanTerms Terms(string what) =>
        what switch
        {
            "as many interest-only months as months" => _loan with { InterestOnlyMonths = 12 },
            "eleven interest-only months" => _loan with { InterestOnlyMonths = 11 },
            "negative interest-only months" => _loan with { InterestOnlyMonths = -1 },
            "a step at the first instalment" => _loan with { RateSteps = [new(1, 6)] },
            "a step at the second instalment" => _loan with { RateSteps = [new(2, 6)] },
            "a step at the last instalment" => _loan with { RateSteps = [new(12, 50)] },
            "a step after the last instalment" => _loan with { RateSteps = [new(13, 6)] },
            "steps in the wrong order" => _loan with { RateSteps = [new(5, 6), new(4, 7)] },
            "two steps at once" => _loan with { RateSteps = [new(5, 6), new(5, 7)] },
            "a step above 50 percent" => _loan with { RateSteps = [new(5, 50.01m)] },
            "a step below 0 percent" => _loan with { RateSteps = [new(5, -0.01m)] },
            "a step of seven decimals" => _loan with { RateSteps = [new(5, 6.0000001m)] },
            "60 steps" => Loan(1_000, 5, 120) with { RateSteps = [.. Enumerable.Range(2, 60).Select(step => new RateStep(step, 6))] },
            "61 steps" => Loan(1_000, 5, 120) with { RateSteps = [.. Enumerable.Range(2, 61).Select(step => new RateStep(step, 6))] },
            "a fee of both sorts" => WithFees(new() { Upfront = new Fee(10, 1) }),
            "a fee of neither sort" => WithFees(new() { Financed = new Fee(null, null) }),
            "a negative fee" => WithFees(new() { Monthly = new Fee(-1, null) }),
            "a fee of half a cent" => WithFees(new() { Upfront = new Fee(10.005m, null) }),
            "a fee above 50 percent" => WithFees(new() { Upfront = new Fee(null, 50.000001m) }),
            "a fee of 50 percent" => WithFees(new() { Upfront = new Fee(null, 50) }),
            "a fee above a million" => WithFees(new() { Financed = new Fee(1_000_000.01m, null) }),
            "a negative dealer fee" => WithFees(new() { DealerFeePercent = -1 }),
            "a dealer fee above 50 percent" => WithFees(new() { DealerFeePercent = 50.01m }),
            "a dealer fee of 50 percent" => WithFees(new() { DealerFeePercent = 50 }),
            "neither date" => Loan(1_000, 5, 12),
            "a first due date alone" => Loan(1_000, 5, 12) with { FirstDueDate = new(2026, 2, 15) },
            "days without dates" => Loan(1_000, 5, 12) with { DayCount = DayCount.Actual360 },
            "days without a payout date" => _loan with { DayCount = DayCount.Actual365Fixed, PayoutDate = default },
            "first due on the day of the payout" => _loan with { FirstDueDate = new(2026, 1, 15) },
            "first due before the payout" => _loan with { FirstDueDate = new(2026, 1, 14) },
            "first due after a year" => _loan with { FirstDueDate = new(2027, 1, 15) },
            "first due after more than a year" => _loan with { FirstDueDate = new(2027, 1, 16) },
            "a payout and no first due date" => _loan with { FirstDueDate = default },
            "a payout in the year 1" => _loan with { PayoutDate = new(1, 1, 1) },
            "a payout in 1899" => _loan with { PayoutDate = new(1899, 12, 31), FirstDueDate = new(1900, 1, 31) },
            "first due in 2200" => _loan with { PayoutDate = new(2199, 12, 31), FirstDueDate = new(2200, 1, 31) },
            "a million owed" => Loan(999_999.99m, 5, 12) with { Fees = new LoanFees { Financed = new Fee(0.01m, null) } },
            "a million and a cent owed" => Loan(1_000_000, 5, 12) with { Fees = new LoanFees { Financed = new Fee(0.01m, null) } },
            "no interest for a part of the term" => _loan with { RateSteps = [new(5, 0)] },
            "no interest for a part of the term by declining balance" => Declining(_loan with { RateSteps = [new(5, 0)] }),
            "no interest for a part of the term by equal principal" => _loan with
            {
                Method = ScheduleMethod.EqualPrincipal,
                RateSteps = [new(5, 0)],
            },
            "no interest at first" => Loan(1_000, 0, 12) with { RateSteps = [new(5, 3)] },
            "no principal in the instalments" => Declining(Loan(1_000_000, 50, 600)),
            "the largest, dearest and longest loan" => Loan(1_000_000, 50, 600),
            "instalments of a yen for too little" => Declining(Loan(840, 0, 600, "JPY")), // a yen a month leaves 241 at the end
            "instalments of a yen for too much" => Declining(Loan(500, 0, 600, "JPY")), // all is repaid after 500 months
            "the smallest and longest loan without interest" => Loan(500, 0, 600, "JPY"),
            "instalments below the interest of a long month" => Declining(
                    _loan with
                    {
                        DayCount = DayCount.Actual365Fixed,
                        PayoutDate = new(2026, 2, 1),
                        FirstDueDate = new(2026, 3, 1), // 28 days, whose interest the instalment still covers
                    }
                )
                .WithTerm(300)
                .WithAmount(100_000) with
            {
                RateSteps = [new(2, 20)],
            },
            "an upfront fee of the whole amount" => WithFees(new() { Upfront = new Fee(1_000, null) }),
            "an upfront fee of all but a cent" => WithFees(new() { Upfront = new Fee(999.99m, null) }),
            "all repaid at once" => _loan.WithTerm(1) with { FirstDueDate = new(2026, 1, 15) },
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such terms."),
        };

    private static LoanTerms WithFees(LoanFees fees) => _loan with { Fees = fees };

    private static LoanTerms Declining(LoanTerms terms) => terms with { Method = ScheduleMethod.DecliningBalance };
}
