using Lending.Kernel;
using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

/// <summary>What holds for every loan that can be quoted, by any method, day count and fees, in currencies of 0, 2 and 3 digits.</summary>
public sealed class LoanQuoteTests
{
    [Fact]
    public void Principals_add_up_to_what_is_owed_and_nothing_is_left() =>
        ForAllQuotes(quote =>
        {
            var rows = quote.Schedule();
            rows.Count.ShouldBe(quote.Terms.TermMonths);
            rows.Sum(row => row.Principal).ShouldBe(quote.AmountOwed);
            rows[^1].Balance.ShouldBe(0);
        });

    [Fact]
    public void Each_row_adds_up() =>
        ForAllQuotes(quote =>
        {
            var before = quote.AmountOwed;
            foreach (var row in quote.Schedule())
            {
                (row.Principal + row.Interest).ShouldBe(row.Payment);
                (before - row.Principal).ShouldBe(row.Balance);
                before = row.Balance;
            }
        });

    [Fact]
    public void No_payment_interest_or_balance_is_negative() =>
        ForAllQuotes(quote => quote.Schedule().ShouldAllBe(row => row.Payment >= 0 && row.Interest >= 0 && row.Balance >= 0));

    [Fact]
    public void All_amounts_carry_the_scale_of_the_currency() =>
        ForAllQuotes(quote =>
            quote
                .Schedule()
                .SelectMany(row => new[] { row.Payment, row.Principal, row.Interest, row.Balance })
                .Concat(quote.Instalments.Select(group => group.Payment))
                .Concat([quote.MonthlyPayment, quote.TotalPayment, quote.TotalInterest, quote.TotalPayable, quote.TotalCostOfCredit])
                .Concat([quote.UpfrontFee, quote.FinancedFee, quote.MonthlyFee, quote.TotalFees, quote.DealerFee, quote.CashPrice])
                .Concat([quote.AmountOfCredit, quote.AmountOwed])
                .ShouldAllBe(amount => amount.Scale == quote.Terms.Currency.MinorUnitDigits)
        );

    [Fact]
    public void The_figures_are_the_sums_of_the_schedule() =>
        ForAllQuotes(quote =>
        {
            var rows = quote.Schedule();
            quote.TotalPayment.ShouldBe(rows.Sum(row => row.Payment));
            quote.TotalInterest.ShouldBe(rows.Sum(row => row.Interest));
            quote.MonthlyPayment.ShouldBe(rows[quote.Terms.InterestOnlyMonths].Payment);
            quote.TotalPayable.ShouldBe(quote.UpfrontFee + rows.Sum(row => row.Payment + quote.MonthlyFee));
            (quote.TotalInterest + quote.TotalFees + quote.DealerFee).ShouldBe(quote.TotalCostOfCredit);
            quote.CashPrice.ShouldBe(quote.AmountOfCredit);
        });

    [Fact]
    public void Groups_are_the_runs_of_equal_payments() =>
        ForAllQuotes(quote =>
        {
            quote
                .Instalments.SelectMany(group => Enumerable.Repeat(group.Payment, group.ToNumber - group.FromNumber + 1))
                .ShouldBe(quote.Schedule().Select(row => row.Payment));
            quote.Instalments.Zip(quote.Instalments.Skip(1)).ShouldAllBe(pair => pair.First.Payment != pair.Second.Payment);
            quote.Instalments.Zip(quote.Instalments.Skip(1)).ShouldAllBe(pair => pair.First.ToNumber + 1 == pair.Second.FromNumber);
        });

    [Fact]
    public void Due_dates_count_from_the_first_one() =>
        ForAllQuotes(quote =>
        {
            quote
                .Schedule()
                .Select(row => row.DueDate)
                .ShouldBe(Enumerable.Range(0, quote.Terms.TermMonths).Select(quote.Terms.FirstDueDate.AddMonths));
            quote.LastDueDate.ShouldBe(quote.Schedule()[^1].DueDate);
        });

    [Fact]
    public void Interest_alone_is_paid_in_the_interest_only_months() =>
        ForAllQuotes(quote => quote.Schedule().Take(quote.Terms.InterestOnlyMonths).ShouldAllBe(row => row.Principal == 0));

    [Fact]
    public void Interest_is_the_balance_times_the_rate_for_the_period() =>
        ForAllQuotes(quote =>
        {
            var terms = quote.Terms;
            var unit = terms.Currency.MinorUnit;
            foreach (var (row, exact) in quote.Schedule().Zip(ExactInterest(quote)))
            {
                if (terms.Method != ScheduleMethod.EqualInstalments || row.Number <= terms.InterestOnlyMonths)
                {
                    row.Interest.ShouldBe(terms.Currency.Round(exact), terms.ToString());
                }
                else if (terms.RateSteps.Count == 0)
                {
                    // Decision record 0005: 1½ units against the exact balance's interest, and the interest of half a unit of the own balance.
                    (row.Interest - exact).ShouldBeLessThan(2 * unit, terms.ToString());
                    // A long first period before months that cost less than a unit makes up for what rounding takes from those (record 0032).
                    var isLongBeforeNearlyNothing = row.Number == 1 && ExactInterest(quote).Skip(1).Sum() < terms.TermMonths * unit;
                    (exact - row.Interest).ShouldBeLessThan(isLongBeforeNearlyNothing ? exact + unit : 2 * unit, terms.ToString());
                }
            }
        });

    // Σ C·(1+X)^−t = Σ D·(1+X)^−s to a billionth of the credit, over what the schedule says and when.
    [Fact]
    public void The_equation_of_the_annual_percentage_rate_holds() =>
        ForAllQuotes(quote =>
        {
            var credit = (double)quote.AmountOfCredit;
            var first = Aprc.Years(quote.Terms.PayoutDate!.Value, quote.FirstDueDate);
            var paid = quote
                .Schedule()
                .Sum(row => (double)(row.Payment + quote.MonthlyFee) * Math.Pow(1 + quote.Aprc, -(first + (row.Number - 1) / 12d)));

            Math.Abs(credit - (double)quote.UpfrontFee - paid).ShouldBeLessThan(1e-9 * credit);
            quote.AprcPercent.ShouldBe((decimal)(100 * quote.Aprc), 0.000001m);
            quote.AprcPercentDisplayed.ShouldBe(decimal.Round(quote.AprcPercent, 1, MidpointRounding.AwayFromZero));
        });

    [Fact]
    public void The_annual_percentage_rate_is_never_negative_and_zero_only_where_the_credit_costs_nothing() =>
        ForAllQuotes(quote =>
        {
            quote.TotalCostOfCredit.ShouldBeGreaterThanOrEqualTo(0);
            quote.Aprc.ShouldBeGreaterThanOrEqualTo(0);
            (quote.Aprc == 0).ShouldBe(quote.TotalCostOfCredit == 0);
        });

    // Each payment is at most half a minor unit below what exact interest would have it (record 0033), so with fees of that much, or where
    // rounding goes up, the APRC is at least the effective nominal rate; else it falls short of it by no more than those halves are worth.
    [Fact]
    public void The_annual_percentage_rate_is_at_least_the_effective_nominal_rate_but_for_half_a_minor_unit_a_payment() =>
        ForAllQuotes(quote =>
        {
            var terms = quote.Terms;
            if (
                !terms.DayCount.CountsMonthsAsTwelfths()
                || terms.RateSteps.Count > 0
                || terms.FirstDueDate != terms.PayoutDate!.Value.AddMonths(1)
            )
            {
                return;
            }

            var effective = Math.Pow(1 + (double)terms.AnnualRatePercent / 1200, 12) - 1;
            var half = (double)terms.Currency.MinorUnit / 2;
            var halves = Enumerable.Range(1, terms.TermMonths).Sum(month => half * Math.Pow(1 + effective, -month / 12d));
            var paid = quote.Schedule().Sum(row => (double)(row.Payment + quote.MonthlyFee) * Math.Pow(1 + effective, -row.Number / 12d));
            var missing = (double)(quote.AmountOfCredit - quote.UpfrontFee) - paid;
            var tolerance = 1e-12 * (double)quote.AmountOfCredit;

            missing.ShouldBeLessThanOrEqualTo(halves + tolerance, terms.ToString());
            if ((double)(quote.UpfrontFee + quote.DealerFee) + (double)quote.MonthlyFee / half * halves >= halves)
            {
                quote.Aprc.ShouldBeGreaterThanOrEqualTo(effective - 1e-12, terms.ToString());
            }
        });

    // Exactly so before rounding. Declining balance moves the instalment by up to a minor unit, so there a longer term may cost two.
    [Fact]
    public void A_longer_term_never_raises_the_instalment() =>
        ForAllQuotes(
            quote =>
            {
                var terms = quote.Terms;
                if (terms.TermMonths == LoanLimits.MaximumTermMonths)
                {
                    return;
                }

                var longer = terms.WithTerm(
                    terms.TermMonths + 1 + terms.TermMonths % 7 * (LoanLimits.MaximumTermMonths - 1 - terms.TermMonths) / 7
                );
                var hair = terms.Method == ScheduleMethod.DecliningBalance ? 2 * terms.Currency.MinorUnit : 0;

                new PlainInstalment(longer).Of(longer.OwedUnits).ShouldBeLessThanOrEqualTo(new PlainInstalment(terms).Of(terms.OwedUnits));
                if (LoanQuote.TryOf(longer, out var other, out _))
                {
                    other.MonthlyPayment.ShouldBeLessThanOrEqualTo(quote.MonthlyPayment + hair, terms.ToString());
                }
            },
            loans: 4_000
        );

    [Fact]
    public void Equal_instalments_are_equal_with_any_first_period_and_day_count() =>
        ForAllQuotes(quote =>
        {
            var terms = quote.Terms;
            if (terms.Method == ScheduleMethod.EqualInstalments && !terms.IsInterestFree && terms.RateSteps.Count == 0)
            {
                var rows = quote.Schedule().Skip(terms.InterestOnlyMonths).ToList();
                rows.SkipLast(1).ShouldAllBe(row => row.Payment == quote.MonthlyPayment);
                var shortfall = quote.AmountOwed - rows.Count * quote.MonthlyPayment;
                rows[^1].Payment.ShouldBe(quote.MonthlyPayment + Math.Max(0, shortfall));
            }
        });

    [Fact]
    public void Declining_balance_moves_the_instalment_by_a_minor_unit_at_most() =>
        ForAllQuotes(quote =>
        {
            var plain = MinorUnits.Amount(new PlainInstalment(quote.Terms).Of(quote.Terms.OwedUnits), quote.Terms.Currency);
            Math.Abs(quote.MonthlyPayment - plain).ShouldBeLessThanOrEqualTo(quote.Terms.Currency.MinorUnit);
        });

    [Fact]
    public void What_cannot_be_quoted_is_refused_for_a_reason() =>
        ForAllTerms(terms =>
        {
            if (LoanQuote.TryOf(terms, out _, out var error))
            {
                return;
            }

            error.Kind.ShouldBe(ErrorKind.Validation);
            switch (error.Code)
            {
                case "does-not-amortise":
                    error.Field.ShouldBe("termMonths");
                    terms.Method.ShouldBe(ScheduleMethod.DecliningBalance);
                    PlainDecliningBalance.Payments(terms).ShouldBeNull();
                    // As the message says: a shorter term does it, or another method.
                    LoanQuote.TryOf(terms with { Method = ScheduleMethod.EqualPrincipal }, out _, out _).ShouldBeTrue();
                    break;
                case "amount-owed-out-of-range":
                    error.Field.ShouldBe("fees.financed");
                    (terms.Amount + terms.FinancedFee).ShouldBeGreaterThan(LoanLimits.MaximumAmount);
                    break;
                case "interest-free-in-part":
                    error.Field.ShouldBe("method");
                    terms.Method.ShouldBe(ScheduleMethod.EqualInstalments);
                    terms.RateSteps.Select(step => step.AnnualRatePercent).Append(terms.AnnualRatePercent).ShouldContain(0);
                    break;
                case "aprc-out-of-range":
                    error.Field.ShouldBe("fees");
                    // Due after some days at the most; with fees like those that are drawn it takes no month to pay less than a billion percent.
                    terms.FirstDueDate.ShouldBeLessThan(terms.PayoutDate!.Value.AddMonths(1));
                    break;
                default:
                    throw new InvalidOperationException($"{error.Code}: {terms}");
            }
        });

    private static IEnumerable<decimal> ExactInterest(LoanQuote quote)
    {
        var terms = quote.Terms;
        var years = new YearFraction[terms.TermMonths];
        Periods.Of(terms, years);
        var before = quote.AmountOwed;
        foreach (var row in quote.Schedule())
        {
            var rate =
                terms.RateSteps.LastOrDefault(step => step.FromInstalment <= row.Number)?.AnnualRatePercent ?? terms.AnnualRatePercent;
            yield return before * rate * years[row.Number - 1].Numerator / (100m * years[row.Number - 1].Denominator);
            before = row.Balance;
        }
    }
}
