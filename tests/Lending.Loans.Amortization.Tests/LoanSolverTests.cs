using FsCheck;
using FsCheck.Fluent;
using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

public sealed class LoanSolverTests
{
    private static readonly int[] Months = [1, 7, 48, 240];

    [Fact]
    public void A_quote_s_payment_buys_at_least_its_amount_for_the_same_payment() =>
        ForAllQuotes(
            quote =>
            {
                var budget = quote.MonthlyPayment + quote.MonthlyFee;
                var most = Most(quote.Terms);

                LoanSolver.TryLargestAmount(most, budget, out var solved, out _).ShouldBeTrue();

                solved!.Terms.Amount.ShouldBeGreaterThanOrEqualTo(quote.Terms.Amount);
                (solved.MonthlyPayment + solved.MonthlyFee).ShouldBeLessThanOrEqualTo(budget);
                if (
                    solved.Terms.Amount < most.Amount
                    && solved.AmountOwed < LoanLimits.MaximumAmount - 2 * (1 + LoanLimits.MaximumFeePercent)
                )
                {
                    // A minor unit more, or some, is too much; by declining balance the instalments of the amounts between may move.
                    var more = solved.Terms.WithAmount(solved.Terms.Amount + solved.Terms.Currency.MinorUnit);
                    (Cost(more) is not { } cost || cost > budget).ShouldBeTrue(solved.Terms.ToString());
                }

                if (quote.Terms.Method != ScheduleMethod.DecliningBalance && solved.Terms.Amount < most.Amount)
                {
                    // Nothing lies between: the same budget solves to the same amount again, for the same payment.
                    (solved.MonthlyPayment + solved.MonthlyFee).ShouldBe(budget, quote.Terms.ToString());
                }
            },
            loans: 600
        );

    [Fact]
    public void The_amount_that_is_found_is_found_again() =>
        ForAllQuotes(
            quote =>
            {
                var budget = quote.MonthlyPayment + quote.MonthlyFee;
                LoanSolver.TryLargestAmount(Most(quote.Terms), budget, out var solved, out _).ShouldBeTrue();
                LoanSolver
                    .TryLargestAmount(Most(quote.Terms), solved!.MonthlyPayment + solved.MonthlyFee, out var again, out _)
                    .ShouldBeTrue();

                again!.Terms.Amount.ShouldBe(solved.Terms.Amount);
                again.MonthlyPayment.ShouldBe(solved.MonthlyPayment);
            },
            loans: 300
        );

    [Fact]
    public void No_larger_amount_is_within_the_budget()
    {
        var budgets =
            from method in Enum.GetValues<ScheduleMethod>()
            from rate in new[] { 0, 0.5m, 4.9m, 24.9m }
            from months in Months
            select (Terms: Loan(20_000, rate, months) with { Method = method }, Budget: decimal.Round(9_876.54m / months + rate, 2));

        foreach (var (terms, budget) in budgets)
        {
            LoanSolver.TryLargestAmount(terms, budget, out var solved, out var error).ShouldBeTrue(error?.Code);

            (solved!.MonthlyPayment <= budget).ShouldBeTrue();
            for (var cents = 1; cents <= 1_500; cents++)
            {
                (Cost(terms.WithAmount(solved.Terms.Amount + cents * 0.01m)) is { } cost && cost <= budget).ShouldBeFalse(
                    $"{solved.Terms} + {cents}"
                );
            }
        }
    }

    [Fact]
    public void By_declining_balance_the_amount_is_that_of_trying_them_all()
    {
        var solvedLoans = 0;
        var budgets =
            from terms in AnyTerms
            from months in Gen.Elements(terms.TermMonths, terms.TermMonths, 600, 240)
            from isPlain in Gen.Elements(true, false)
            from offset in Gen.Choose(-2, 2)
            select (
                Terms: (isPlain ? new LoanTerms(terms.Amount, terms.AnnualRatePercent, months, terms.Currency) : terms) with
                {
                    Method = ScheduleMethod.DecliningBalance,
                },
                Offset: offset
            );
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400),
            Prop.ForAll(
                budgets.ToArbitrary(),
                sample =>
                {
                    var (terms, offset) = sample;
                    if (!LoanQuote.TryOf(terms, out var quote, out _))
                    {
                        return;
                    }

                    var budget = quote.MonthlyPayment + quote.MonthlyFee + offset * terms.Currency.MinorUnit;
                    var most = Most(terms);

                    var isSolved = LoanSolver.TryLargestAmount(most, budget, out var solved, out var error);

                    var expected = LargestByTryingAll(most, budget);
                    isSolved.ShouldBe(expected is { } found && LoanQuote.TryOf(found, out _, out _), $"{terms} {budget} {error?.Code}");
                    if (isSolved)
                    {
                        solvedLoans++;
                        solved!.Terms.Amount.ShouldBe(expected!.Amount, $"{terms} {budget}");
                    }
                }
            )
        );
        solvedLoans.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void A_quote_s_payment_needs_at_most_its_term() =>
        ForAllQuotes(
            quote =>
            {
                var terms = quote.Terms;
                var budget = quote.MonthlyPayment + quote.MonthlyFee;

                LoanSolver.TryShortestTerm(terms, budget, out var solved, out _).ShouldBeTrue();

                solved!.Terms.TermMonths.ShouldBeLessThanOrEqualTo(terms.TermMonths);
                (solved.MonthlyPayment + solved.MonthlyFee).ShouldBeLessThanOrEqualTo(budget);
                var minimum = Math.Max(terms.InterestOnlyMonths + 1, terms.RateSteps.Count > 0 ? terms.RateSteps[^1].FromInstalment : 1);
                if (solved.Terms.TermMonths > minimum)
                {
                    (Cost(solved.Terms.WithTerm(solved.Terms.TermMonths - 1)) is { } cost && cost <= budget).ShouldBeFalse(
                        terms.ToString()
                    );
                }
            },
            loans: 600
        );

    [Fact]
    public void What_250_a_month_buys()
    {
        LoanSolver.TryLargestAmount(Loan(1_000_000, 4.9m, 120), 250, out var quote, out _).ShouldBeTrue();

        quote!.MonthlyPayment.ShouldBe(250.00m);
        quote.Terms.Amount.ShouldBe(23_679.78m);
    }

    [Fact]
    public void Amounts_go_no_further_than_those_of_the_terms()
    {
        LoanSolver.TryLargestAmount(Loan(20_000, 4.9m, 120), 5_000, out var quote, out _).ShouldBeTrue();
        quote!.Terms.Amount.ShouldBe(20_000);

        var financed = Loan(1_000_000, 0, 10) with { Fees = new LoanFees { Financed = new Fee(null, 25) } };
        LoanSolver.TryLargestAmount(financed, 1_000_000, out quote, out _).ShouldBeTrue();
        quote!.AmountOwed.ShouldBe(1_000_000);
        quote.Terms.Amount.ShouldBe(800_000);
    }

    [Fact]
    public void The_monthly_fee_is_part_of_the_budget()
    {
        var terms = Loan(1_000_000, 4.9m, 120) with { Fees = new LoanFees { Monthly = new Fee(5, null) } };

        LoanSolver.TryLargestAmount(terms, 255, out var quote, out _).ShouldBeTrue();

        quote!.Terms.Amount.ShouldBe(23_679.78m);
    }

    [Fact]
    public void A_budget_that_buys_nothing_is_refused()
    {
        LoanSolver.TryLargestAmount(Loan(1_000_000, 4.9m, 120), 5.27m, out _, out var error).ShouldBeFalse();
        (error!.Code, error.Field).ShouldBe(("budget-too-small", "monthlyBudget"));

        LoanSolver.TryShortestTerm(Loan(100_000, 6, 600), 500, out _, out error).ShouldBeFalse();
        (error!.Code, error.Field).ShouldBe(("budget-too-small", "monthlyBudget"));

        LoanSolver.TryLargestAmount(Loan(1_000_000, 4.9m, 120), -1, out _, out error).ShouldBeFalse();
        error!.Code.ShouldBe("budget-too-small");
    }

    [Fact]
    public void What_a_budget_would_pay_but_does_not_amortise_is_refused_for_that()
    {
        // Interest of 41,667 a month and the instalment do not differ over 600 months; over some hundred they do.
        var terms = Loan(1_000_000, 50, 600) with
        {
            Method = ScheduleMethod.DecliningBalance,
        };

        LoanSolver.TryLargestAmount(terms, 20_000, out _, out var error).ShouldBeFalse();
        (error!.Code, error.Field).ShouldBe(("does-not-amortise", "termMonths"));
    }

    [Fact]
    public void Terms_that_are_wrong_are_refused_as_in_a_quote()
    {
        var terms = Loan(1_000, 5, 12) with { InterestOnlyMonths = 12 };

        LoanSolver.TryLargestAmount(terms, 100, out _, out var error).ShouldBeFalse();
        error!.Code.ShouldBe("interest-only-months-out-of-range");
        LoanSolver.TryShortestTerm(terms, 100, out _, out error).ShouldBeFalse();
        error!.Code.ShouldBe("interest-only-months-out-of-range");

        var financed = Loan(1_000_000, 5, 12) with { Fees = new LoanFees { Financed = new Fee(0.01m, null) } };
        LoanSolver.TryShortestTerm(financed, 100_000, out _, out error).ShouldBeFalse();
        error!.Code.ShouldBe("amount-owed-out-of-range");
    }

    [Fact]
    public void Terms_last_as_long_as_their_interest_only_months_and_rate_steps()
    {
        LoanSolver.TryShortestTerm(Loan(1_000, 5, 60) with { InterestOnlyMonths = 6 }, 2_000, out var quote, out _).ShouldBeTrue();
        quote!.Terms.TermMonths.ShouldBe(7);

        LoanSolver.TryShortestTerm(Loan(1_000, 5, 60) with { RateSteps = [new(13, 6)] }, 2_000, out quote, out _).ShouldBeTrue();
        quote!.Terms.TermMonths.ShouldBe(13);
    }

    /// <summary>Tries every amount downwards, from where the plain instalment is so large that moving it does not help.</summary>
    private static LoanTerms? LargestByTryingAll(LoanTerms most, decimal budget)
    {
        var unit = most.Currency.MinorUnit;
        var plain = new PlainInstalment(most);
        var (low, high) = (LoanLimits.MinimumAmount / unit - 1, most.Amount / unit);
        while (low < high)
        {
            var middle = decimal.Floor((low + high + 1) / 2);
            (low, high) = IsNear(most.WithAmount(middle * unit)) ? (middle, high) : (low, middle - 1);
        }

        for (var units = low; units * unit >= LoanLimits.MinimumAmount; units--)
        {
            var terms = most.WithAmount(units * unit);
            if (Cost(terms) is { } cost ? cost <= budget : PlainCost(terms) <= budget - unit)
            {
                return terms;
            }
        }

        return null;

        bool IsNear(LoanTerms terms) => terms.Amount + terms.FinancedFee <= LoanLimits.MaximumAmount && PlainCost(terms) <= budget + unit;

        decimal PlainCost(LoanTerms terms) => MinorUnits.Amount(plain.Of(terms.OwedUnits), terms.Currency) + terms.MonthlyFee;
    }

    [Fact]
    public void A_search_ends_when_whoever_asked_has_gone()
    {
        var gone = new CancellationToken(canceled: true);

        Should.Throw<OperationCanceledException>(() => LoanSolver.TryLargestAmount(Loan(1_000_000, 4.9m, 120), 250, out _, out _, gone));
        Should.Throw<OperationCanceledException>(() => LoanSolver.TryShortestTerm(Loan(100_000, 6, 600), 1_000, out _, out _, gone));
    }

    private static LoanTerms Most(LoanTerms terms) => terms.WithAmount(LoanLimits.MaximumAmount);

    private static decimal? Cost(LoanTerms terms)
    {
        var payments = new long[terms.TermMonths];
        return Repayment.TryPlan(terms, terms.OwedUnits, payments, new long[terms.TermMonths])
            ? MinorUnits.Amount(payments[terms.InterestOnlyMonths], terms.Currency) + terms.MonthlyFee
            : null;
    }
}
