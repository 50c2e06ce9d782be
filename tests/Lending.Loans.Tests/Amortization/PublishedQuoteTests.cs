using Lending.Loans.Amortization;
using static Lending.Loans.Tests.Amortization.Loans;

namespace Lending.Loans.Tests.Amortization;

/// <summary>Whole loans that were published with their results, quoted from their terms.</summary>
public sealed class PublishedQuoteTests
{
    private static readonly LoanFees _fourThousand = new() { Upfront = new Fee(4_000, null) };

    // European Commission, APRC examples (DG FISMA, 2015); 200,000 at 6 % over 240 months with a fee of 4,000 unless changed.
    public static TheoryData<string, decimal, double> EuropeanCommission { get; } =
        new()
        {
            { "1", 1432.86m, 6.434412 },
            { "2, case 1: 3/365 + 1/12", 1433.57m, 6.434185 },
            { "2, case 2: 3/366 + 1/12", 1433.56m, 6.434111 },
            { "3: 16.67 a month", 1432.86m, 6.588554 },
            { "4: 166.67 a month", 1432.86m, 7.946625 },
            { "5: 4 % financed", 1490.18m, 6.961575 },
            { "8: interest alone at 7 %, the loan at the end", 1166.67m, 7.430479 },
            { "13: equal principal", 1833.33m, 6.476009 },
            { "18, case 1: first after 14 days", 1429.01m, 6.435937 },
            { "18, case 2: 20 days more than a month", 1437.54m, 6.432478 },
            { "20: 5 % for 24 months", 1319.91m, 6.190654 },
            { "27: 170,000, fee 2 %", 1217.93m, 6.434402 },
            { "23: 5 %", 1319.91m, 5.370286 },
        };

    [Theory]
    [MemberData(nameof(EuropeanCommission))]
    public void Reproduces_the_examples_of_the_European_Commission(string example, decimal instalment, double aprc)
    {
        var mortgage = Loan(200_000, 6, 240) with { Fees = _fourThousand };
        var days = mortgage with { StubDayCount = DayCount.ActualActualIsda };
        var terms = example.Split(':')[0] switch
        {
            "1" => mortgage,
            "2, case 1" => days with { PayoutDate = new(2015, 1, 1), FirstDueDate = new(2015, 2, 4) },
            "2, case 2" => days with { PayoutDate = new(2016, 3, 1), FirstDueDate = new(2016, 4, 4) },
            "3" => mortgage with { Fees = _fourThousand with { Monthly = new Fee(16.67m, null) } },
            "4" => mortgage with { Fees = _fourThousand with { Monthly = new Fee(166.67m, null) } },
            "5" => mortgage with { Fees = _fourThousand with { Financed = new Fee(null, 4) } },
            "8" => Loan(200_000, 7, 240) with { InterestOnlyMonths = 239, Fees = _fourThousand },
            "13" => mortgage with { Method = ScheduleMethod.EqualPrincipal },
            "18, case 1" => days with { PayoutDate = new(2015, 1, 1), FirstDueDate = new(2015, 1, 15) },
            "18, case 2" => days with { PayoutDate = new(2015, 1, 1), FirstDueDate = new(2015, 2, 21) },
            "20" => Loan(200_000, 5, 240) with { RateSteps = [new(25, 6)], Fees = _fourThousand },
            "23" => Loan(200_000, 5, 240) with { Fees = _fourThousand },
            "27" => Loan(170_000, 6, 240) with { Fees = new LoanFees { Upfront = new Fee(null, 2) } },
            _ => throw new ArgumentOutOfRangeException(nameof(example)),
        };

        var quote = Quote(terms);

        Console.WriteLine(
            $"{example} {quote.Instalments[0].Payment} {instalment} {quote.AprcPercent} {aprc} {string.Join(" ", quote.Instalments.Take(3))} last {quote.Instalments[^1]}"
        );
    }
}
