using System.Globalization;
using Lending.Kernel;
using Lending.Pdf;

namespace Lending.Servicing.Papers;

/// <summary>A repayment plan on paper.</summary>
internal static class PlanPaper
{
    public static byte[] Of(RepaymentPlan plan, PaperParties parties, PaperWording words)
    {
        var currency = Currency.Get(plan.Currency);
        var paper = new Paper(words, parties, plan.LoanAccountId, words.Plan, words.PlanText(plan.AsOf), plan.AsOf);
        paper.Figures(
            (words.AmountLent, words.Format.Money(plan.Principal, currency)),
            (words.BorrowingRate, words.Format.Percent(plan.AnnualRatePercent)),
            (words.LastDueDate, plan.Instalments.Count == 0 ? "" : words.Format.LongDate(plan.Instalments[^1].DueOn))
        );
        paper.Text(words.PlanNote(plan.Currency), isNote: true);
        var columns = new (double Share, string Header, Func<PlanInstalment, string> Cell, string Total)[]
        {
            (0.07, words.Number, row => row.Number.ToString(CultureInfo.InvariantCulture), ""),
            (0.15, words.DueDate, row => words.Format.ShortDate(row.DueOn), words.Total),
            (0.13, words.Instalment, row => Amount(row.Amount), Sum(row => row.Amount)),
            (0.13, words.Principal, row => Amount(row.Principal), Sum(row => row.Principal)),
            (0.12, words.Interest, row => Amount(row.Interest), Sum(row => row.Interest)),
            (0.14, words.OtherCosts, row => Amount(row.OtherCosts), Sum(row => row.OtherCosts)),
            (0.12, words.Paid, row => Amount(row.Paid), Sum(row => row.Paid)),
            (0.14, words.PrincipalAfter, row => Amount(row.PrincipalAfter), ""),
        };
        paper.Table(
            [.. columns.Select(column => new PdfColumn(column.Share, TextAlignment.Right, column.Header))],
            [
                .. plan.Instalments.Select(row => new PdfRow([.. columns.Select(column => column.Cell(row))])),
                new PdfRow([.. columns.Select(column => column.Total)], IsTotal: true),
            ]
        );
        return paper.ToBytes();

        string Amount(decimal amount) => words.Format.Amount(amount, currency);

        string Sum(Func<PlanInstalment, decimal> of) => Amount(plan.Instalments.Sum(of));
    }
}
