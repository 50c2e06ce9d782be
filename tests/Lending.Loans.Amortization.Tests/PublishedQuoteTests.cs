using static Lending.Loans.Amortization.Tests.Loans;

namespace Lending.Loans.Amortization.Tests;

/// <summary>Whole loans that were published with their results, quoted from their terms.</summary>
public sealed class PublishedQuoteTests
{
    // European Commission (DG FISMA), examples of the calculation of the APRC, 2015: by number, first and last instalment with the monthly
    // fee that there may be, APRC. 200,000 at 6 % over 240 months with a fee of 4,000 at the start unless the example says otherwise.
    [Theory]
    [InlineData("1", 1432.86, 1432.86, 6.434412)]
    [InlineData("2, case 1", 1433.57, 1433.57, 6.434185)]
    [InlineData("2, case 2", 1433.56, 1433.56, 6.434111)]
    [InlineData("3", 1449.53, 1449.53, 6.588554)]
    [InlineData("4", 1599.53, 1599.53, 7.946625)]
    [InlineData("5", 1490.18, 1490.18, 6.961575)]
    [InlineData("8", 1166.67, 201_166.67, 7.430479)]
    [InlineData("13", 1833.33, 837.50, 6.476009)]
    [InlineData("18, case 1", 1429.01, 1429.01, 6.435937)]
    [InlineData("18, case 2", 1437.54, 1437.54, 6.432478)]
    [InlineData("20", 1319.91, 1423.41, 6.190654)]
    [InlineData("21, part 1", 1319.91, 1374.06, 5.853526)]
    [InlineData("21, part 2", 1319.91, 1530.61, 7.199734)]
    [InlineData("22, case 1, part 1", 1349.91, 1404.06, 6.134668)]
    [InlineData("22, case 1, part 2", 1349.91, 1515.81, 7.093592)]
    [InlineData("22, case 2, part 1", 1339.91, 1394.06, 6.041228)]
    [InlineData("22, case 2, part 2", 1339.91, 1550.61, 7.379073)]
    [InlineData("23, part 1", 1319.91, 1319.91, 5.370286)]
    [InlineData("23, part 2", 1319.91, 1578.43, 7.597578)]
    [InlineData("27", 1217.93, 1217.93, 6.434402)]
    public void Reproduces_the_examples_of_the_European_Commission(string example, double first, double last, double aprc)
    {
        var quote = Quote(Terms(example));

        (quote.Instalments[0].Payment + quote.MonthlyFee).ShouldBe((decimal)first);
        (quote.Instalments[^1].Payment + quote.MonthlyFee).ShouldBe((decimal)last);
        quote.AprcPercent.ShouldBe((decimal)aprc, 0.00001m);
    }

    [Fact]
    public void Reproduces_the_figures_of_example_1()
    {
        var quote = Quote(Terms("1"));

        quote.TotalPayment.ShouldBe(343_886.40m);
        quote.TotalPayable.ShouldBe(347_886.40m);
        quote.TotalCostOfCredit.ShouldBe(147_886.40m);
        quote.TotalInterest.ShouldBe(143_886.40m);
        quote.TotalFees.ShouldBe(4_000m);
        quote.AmountOfCredit.ShouldBe(200_000m);
        quote.AmountOwed.ShouldBe(200_000m);
        quote.AprcPercentDisplayed.ShouldBe(6.4m);
        quote.Instalments.ShouldBe([new InstalmentGroup(1, 240, 1432.86m)]);
        (quote.Method, quote.MethodVersion).ShouldBe(("equal-instalments", 1));
    }

    // Its rows are rounded apart from each other; by declining balance they add up and are the same.
    [Fact]
    public void Reproduces_the_first_rows_of_example_1_by_declining_balance()
    {
        var rows = Quote(Terms("1") with { Method = ScheduleMethod.DecliningBalance }).Schedule();

        rows.Take(3).Select(row => row.Interest).ShouldBe([1000.00m, 997.84m, 995.66m]);
        rows.Take(3).Select(row => row.Balance).ShouldBe([199_567.14m, 199_132.12m, 198_694.92m]);
    }

    [Fact]
    public void Reproduces_the_first_interest_of_example_2() => Quote(Terms("2, case 1")).Schedule()[0].Interest.ShouldBe(1098.63m);

    [Fact]
    public void A_financed_fee_is_owed_and_is_no_part_of_the_amount_of_credit()
    {
        var quote = Quote(Terms("5"));

        quote.AmountOwed.ShouldBe(208_000m);
        quote.AmountOfCredit.ShouldBe(200_000m);
        (quote.UpfrontFee, quote.FinancedFee, quote.TotalFees).ShouldBe((4_000m, 8_000m, 12_000m));
        quote.TotalInterest.ShouldBe(240 * 1490.18m - 208_000m);
        quote.TotalCostOfCredit.ShouldBe(240 * 1490.18m + 4_000m - 200_000m);
    }

    [Fact]
    public void Reproduces_the_rows_of_example_13()
    {
        var quote = Quote(Terms("13"));

        quote.MonthlyPayment.ShouldBe(1833.33m);
        quote.Schedule().Take(2).Select(row => row.Interest).ShouldBe([1000.00m, 995.83m]);
        quote.Schedule()[^1].Interest.ShouldBe(4.17m);
    }

    [Fact]
    public void With_interest_only_months_the_instalment_is_the_one_after_them() =>
        Quote(Loan(200_000, 6, 252) with { InterestOnlyMonths = 12 }).MonthlyPayment.ShouldBe(1432.86m);

    // The spreadsheet function PMT, payments at the end and at the beginning of the periods.
    [Theory]
    [InlineData(ScheduleMethod.EqualInstalments)]
    [InlineData(ScheduleMethod.DecliningBalance)]
    internal void Reproduces_payments_in_arrears_and_in_advance(ScheduleMethod method)
    {
        var loan = Loan(10_000, 8, 10) with { Method = method, PayoutDate = new(2026, 1, 1) };

        Quote(loan with { FirstDueDate = new(2026, 2, 1) }).MonthlyPayment.ShouldBe(1037.03m);
        var inAdvance = Quote(loan with { FirstDueDate = new(2026, 1, 1) });
        inAdvance.MonthlyPayment.ShouldBe(1030.16m);
        inAdvance.Schedule()[0].Interest.ShouldBe(0);
        inAdvance.LastDueDate.ShouldBe(new(2026, 10, 1));
    }

    [Fact]
    public void A_dealer_fee_raises_the_amount_and_is_a_cost_of_the_credit()
    {
        var fees = new LoanFees { DealerFeePercent = 5 };
        var amount = fees.LoanAmountFor(20_000, Kernel.Currency.Get("EUR"));
        amount.ShouldBe(21_052.63m);

        var quote = Quote(Loan(amount, 4.9m, 120) with { Fees = fees });

        quote.CashPrice.ShouldBe(20_000m);
        quote.DealerFee.ShouldBe(1_052.63m);
        quote.AmountOfCredit.ShouldBe(20_000m);
        quote.AmountOwed.ShouldBe(21_052.63m);
        quote.TotalFees.ShouldBe(0);
        quote.AprcPercent.ShouldBeGreaterThan(Quote(Loan(amount, 4.9m, 120)).AprcPercent + 1);
    }

    private static LoanTerms Terms(string example)
    {
        var mortgage = Loan(200_000, 6, 240) with { Fees = Upfront4000() };
        var stub = mortgage with { StubDayCount = DayCount.ActualActualIsda };
        // The rate changes after nine months.
        var variable = Loan(200_000, 5, 240) with
        {
            Fees = Upfront4000(),
        };
        return example switch
        {
            "1" => mortgage,
            "2, case 1" => stub with { PayoutDate = new(2015, 1, 1), FirstDueDate = new(2015, 2, 4) },
            "2, case 2" => stub with { PayoutDate = new(2016, 3, 1), FirstDueDate = new(2016, 4, 4) },
            "3" => mortgage with { Fees = Upfront4000(monthly: 16.67m) },
            "4" => mortgage with { Fees = Upfront4000(monthly: 166.67m) },
            "5" => mortgage with { Fees = Upfront4000() with { Financed = new Fee(null, 4) } },
            "8" => Loan(200_000, 7, 240) with { InterestOnlyMonths = 239, Fees = Upfront4000() },
            "13" => mortgage with { Method = ScheduleMethod.EqualPrincipal },
            "18, case 1" => stub with { PayoutDate = new(2015, 1, 1), FirstDueDate = new(2015, 1, 15) },
            "18, case 2" => stub with { PayoutDate = new(2016, 3, 1), FirstDueDate = new(2016, 4, 21) },
            "20" => variable with { RateSteps = [new(25, 6)] },
            "21, part 1" => variable with { RateSteps = [new(10, 5.5m)] },
            "21, part 2" => variable with { RateSteps = [new(10, 6.89m)] },
            "22, case 1, part 1" => variable with { RateSteps = [new(10, 5.5m)], Fees = Upfront4000(monthly: 30) },
            "22, case 1, part 2" => variable with { RateSteps = [new(10, 6.5m)], Fees = Upfront4000(monthly: 30) },
            "22, case 2, part 1" => variable with { RateSteps = [new(10, 5.5m)], Fees = Upfront4000(monthly: 20) },
            "22, case 2, part 2" => variable with { RateSteps = [new(10, 6.89m)], Fees = Upfront4000(monthly: 20) },
            "23, part 1" => variable,
            "23, part 2" => variable with { RateSteps = [new(10, 7.3m)] },
            "27" => Loan(170_000, 6, 240) with { Fees = new LoanFees { Upfront = new Fee(null, 2) } },
            _ => throw new ArgumentOutOfRangeException(nameof(example), example, "No such example."),
        };
    }

    private static LoanFees Upfront4000(decimal? monthly = null) =>
        new() { Upfront = new Fee(4_000, null), Monthly = monthly is null ? null : new Fee(monthly, null) };
}
