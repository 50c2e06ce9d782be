using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Lending.Kernel;

namespace Lending.Loans.Amortization.Tests;

/// <summary>
/// A stored offer is recomputed to the cent years later. The golden file holds loans with what each method's version made of them. Its
/// lines are never changed: results that change need a new version of the method beside the old one. New lines may be added; this test
/// says what is missing in a line that ends with the inputs.
/// </summary>
public sealed class RecomputeTests
{
    private const int Inputs = 16;

    [Fact]
    public void All_loans_are_recomputed_to_the_minor_unit()
    {
        var lines = File.ReadAllLines(GoldenFile()).Skip(1).ToList();

        lines.Count.ShouldBeGreaterThanOrEqualTo(200);
        lines.Count(line => line.StartsWith("equal-instalments;1;", StringComparison.Ordinal)).ShouldBeGreaterThan(50);
        lines.Count(line => line.StartsWith("declining-balance;1;", StringComparison.Ordinal)).ShouldBeGreaterThan(50);
        lines.Count(line => line.StartsWith("equal-principal;1;", StringComparison.Ordinal)).ShouldBeGreaterThan(40);
        foreach (var line in lines)
        {
            Recomputed(line).ShouldBe(line);
        }
    }

    private static string Recomputed(string line)
    {
        var inputs = line.Split(';')[..Inputs];
        var quote = Loans.Quote(Terms(inputs));
        quote.MethodVersion.ToString(CultureInfo.InvariantCulture).ShouldBe(inputs[1], "there is no way yet to ask for an older version");
        FormattableString[] outputs =
        [
            $"{quote.MonthlyPayment}",
            $"{quote.Instalments[^1].Payment}",
            $"{quote.TotalPayment}",
            $"{quote.TotalPayable}",
            $"{quote.AprcPercent}",
            $"{quote.LastDueDate:O}",
            $"{Checksum(quote.Schedule())}",
        ];
        return string.Join(';', inputs.Concat(outputs.Select(FormattableString.Invariant)));
    }

    private static LoanTerms Terms(string[] inputs)
    {
        ScheduleMethods.TryFind(inputs[0], out var method).ShouldBeTrue();
        DayCounts.TryFind(inputs[6], out var dayCount).ShouldBeTrue();
        var hasStub = DayCounts.TryFind(inputs[7], out var stub);
        return new LoanTerms(Number(inputs[3]), Number(inputs[4]), (int)Number(inputs[5]), Currency.Get(inputs[2]))
        {
            Method = method,
            DayCount = dayCount,
            StubDayCount = hasStub ? stub : null,
            InterestOnlyMonths = (int)Number(inputs[8]),
            RateSteps =
            [
                .. inputs[9]
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(step => step.Split(':'))
                    .Select(step => new RateStep((int)Number(step[0]), Number(step[1]))),
            ],
            PayoutDate = DateOnly.ParseExact(inputs[10], "O", CultureInfo.InvariantCulture),
            FirstDueDate = DateOnly.ParseExact(inputs[11], "O", CultureInfo.InvariantCulture),
            Fees = new LoanFees
            {
                Upfront = Fee(inputs[12]),
                Financed = Fee(inputs[13]),
                Monthly = Fee(inputs[14]),
                DealerFeePercent = Number(inputs[15]),
            },
        };
    }

    private static Fee? Fee(string text) =>
        text.Length == 0 ? null
        : text[^1] == '%' ? new Fee(null, Number(text[..^1]))
        : new Fee(Number(text), null);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Checksum(IEnumerable<ScheduleRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Number};{row.DueDate:O};{row.Payment};{row.Principal};{row.Interest};{row.Balance}\n"
            );
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static string GoldenFile([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "recompute.golden.csv");
}
