using System.Globalization;
using Lending.Loans.Amortization;
using Lending.Pdf;
using static Lending.Pdf.DocumentStyle;

namespace Lending.Loans.Documents;

/// <summary>The schedule of an offer as a table of its document.</summary>
internal static class ScheduleTable
{
    public static (PdfTable Table, IReadOnlyList<PdfRow> Rows) Of(OfferDocumentModel offer, Wording wording)
    {
        var quote = offer.Quote;
        var hasFee = quote.MonthlyFee != 0;
        var share = hasFee ? 0.16 : 0.18;
        var columns = new List<(double Share, string Header, Func<ScheduleRow, string> Cell, string Total)>
        {
            (0.08, wording.Number, row => row.Number.ToString(CultureInfo.InvariantCulture), ""),
            (0.17, wording.DueDate, row => wording.ShortDate(row.DueDate), wording.Total),
            (share, wording.Payment, row => Amount(row.Payment), Amount(quote.TotalPayment)),
            (share, wording.Interest, row => Amount(row.Interest), Amount(quote.TotalInterest)),
            (share, wording.Principal, row => Amount(row.Principal), Amount(quote.AmountOwed)),
            (hasFee ? 0.17 : 0.21, wording.Balance, row => Amount(row.Balance), ""),
        };
        if (hasFee)
        {
            columns.Insert(3, (0.1, wording.Fee, _ => Amount(quote.MonthlyFee), Amount(offer.TotalMonthlyFees)));
        }
        var table = FigureTable(columns.ConvertAll(column => new PdfColumn(column.Share, TextAlignment.Right, column.Header)));
        List<PdfRow> rows = [.. quote.Schedule().Select(row => new PdfRow(columns.ConvertAll(column => column.Cell(row))))];
        rows.Add(new PdfRow(columns.ConvertAll(column => column.Total), IsTotal: true));
        return (table, rows);

        string Amount(decimal amount) => wording.Amount(amount, offer.Currency);
    }
}
