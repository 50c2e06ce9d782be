using Lending.Pdf;
using static Lending.Pdf.DocumentParts;
using static Lending.Pdf.DocumentStyle;

namespace Lending.Loans.Documents;

/// <summary>The document of an offer, as the customer gets it: parties, terms, costs, rights, acceptance and the schedule.</summary>
internal sealed partial class OfferDocument
{
    private readonly OfferDocumentModel offer;
    private readonly Wording wording;
    private readonly PdfDocument pdf;
    private readonly PdfFlow flow;

    private OfferDocument(OfferDocumentModel offer, Wording wording)
    {
        this.offer = offer;
        this.wording = wording;
        pdf = new PdfDocument($"{wording.Title} {offer.OfferId}", wording.Language);
        flow = new PdfFlow(pdf, page => PageHeader(page, offer.Lender, wording.Title));
    }

    /// <summary>The document as a PDF file. The same offer in the same words gives the same bytes.</summary>
    public static byte[] Render(OfferDocumentModel offer, Wording wording)
    {
        var document = new OfferDocument(offer, wording);
        document.DrawTitle();
        document.DrawParties();
        document.DrawKeyFigures();
        document.DrawMainFeatures();
        document.DrawCosts();
        document.DrawLegalTexts();
        document.DrawAcceptance();
        document.DrawVerification();
        document.DrawSchedule();
        document.DrawFooters();
        return document.pdf.ToBytes();
    }

    private void DrawTitle()
    {
        flow.Page.Fill(0, 0, PdfDocument.PageWidth, 6, Accent);
        flow.Y = 44;
        flow.Paragraph(offer.Lender, new TextStyle(10.5, Accent, IsBold: true));
        flow.Y += 16;
        flow.Paragraph(wording.Title, new TextStyle(25, Ink, IsBold: true));
        flow.Paragraph(wording.Subtitle, new TextStyle(9.5, Muted));
        flow.Y += 14;
        var columns = new (string Label, string Value, double X)[]
        {
            (wording.OfferNumber, offer.OfferId.ToString(), PdfFlow.Left),
            (wording.Version, Text(offer.Version), SecondColumn),
            (wording.Date, $"{wording.LongDate(offer.Date)} (UTC)", SecondColumn + 90),
        };
        foreach (var (label, value, x) in columns)
        {
            flow.Page.Text(label, x, flow.Y + Small.BaselineOffset, Small);
            flow.Page.Text(value, x, flow.Y + Small.LineHeight + Body.BaselineOffset, Body);
        }
        flow.Y += Small.LineHeight + Body.LineHeight + 8;
        Rule();
    }

    private void DrawParties()
    {
        flow.Y += 10;
        var lender = Party(wording.Lender, offer.Lender, "", PdfFlow.Left);
        var customer = Party(
            wording.Customer,
            offer.CustomerName,
            string.Join('\n', new[] { offer.CustomerAddress, offer.CustomerEmail }.Where(part => !string.IsNullOrEmpty(part))),
            SecondColumn
        );
        flow.Y = Math.Max(lender, customer) + 12;

        double Party(string role, string name, string details, double x)
        {
            var y = flow.Column(role, x, ColumnWidth, flow.Y, Small);
            y = flow.Column(name, x, ColumnWidth, y, Strong);
            return details.Length == 0 ? y : flow.Column(details, x, ColumnWidth, y, Body);
        }
    }

    // The five figures that a customer looks for first.
    private void DrawKeyFigures()
    {
        var figures = new (string Label, string Value, double Share)[]
        {
            (wording.AmountOfCredit, Money(offer.Quote.AmountOfCredit), 0.22),
            (FirstInstalmentDiffers ? wording.FirstInstalment : wording.MonthlyInstalment, Money(offer.Quote.Instalments[0].Payment), 0.19),
            (wording.Term, wording.Months(offer.Quote.Terms.TermMonths), 0.185),
            (wording.AprcShort, wording.AprcRate(offer.AprcPercent), 0.195),
            (wording.TotalPayable, Money(offer.Quote.TotalPayable), 0.21),
        };
        KeyFigures(flow, figures);
    }

    private void DrawMainFeatures()
    {
        var rows = new List<(string, string)> { (wording.CreditType, wording.CreditTypeText) };
        if (offer.ProductName is not null)
        {
            rows.Add((wording.Product, offer.ProductName));
        }
        rows.Add((wording.AmountOfCredit, Money(offer.Quote.AmountOfCredit)));
        if (offer.Quote.DealerFee != 0)
        {
            rows.Add((wording.CashPrice, Money(offer.Quote.CashPrice)));
        }
        if (offer.Quote.AmountOwed != offer.Quote.AmountOfCredit)
        {
            rows.Add((wording.AmountOwed, Money(offer.Quote.AmountOwed)));
        }
        rows.AddRange([
            (wording.BorrowingRate, wording.RateText(offer)),
            (wording.Term, wording.Months(offer.Quote.Terms.TermMonths)),
            (wording.Instalments, wording.InstalmentsText(offer)),
            (wording.FirstDueDate, wording.LongDate(offer.Quote.FirstDueDate)),
            (wording.LastDueDate, wording.LongDate(offer.Quote.LastDueDate)),
            (wording.Payout, wording.PayoutText),
            (wording.Allocation, wording.AllocationText),
            (wording.Calculation, wording.CalculationText(offer)),
        ]);
        StartSection(wording.MainFeatures, 3 * Body.LineHeight);
        Table([new PdfColumn(0.34), new PdfColumn(0.66)]).Draw(flow, [.. rows.Select(row => new PdfRow([row.Item1, row.Item2]))]);
    }

    private void DrawCosts()
    {
        var rows = new List<PdfRow> { new([wording.Interest, "", Money(offer.Quote.TotalInterest)]) };
        AddFee(wording.UpfrontFee, "", offer.Quote.UpfrontFee);
        AddFee(wording.FinancedFee, "", offer.Quote.FinancedFee);
        AddFee(wording.MonthlyFees, $"{Text(offer.Quote.Terms.TermMonths)} × {Money(offer.Quote.MonthlyFee)}", offer.TotalMonthlyFees);
        AddFee(wording.DealerFee, "", offer.Quote.DealerFee);
        rows.Add(new PdfRow([wording.TotalCostOfCredit, "", Money(offer.Quote.TotalCostOfCredit)], IsTotal: true));
        rows.Add(new PdfRow([wording.AmountOfCredit, "", Money(offer.Quote.AmountOfCredit)]));
        rows.Add(new PdfRow([wording.TotalPayable, "", Money(offer.Quote.TotalPayable)], IsTotal: true));
        rows.Add(new PdfRow([wording.Aprc, "", wording.AprcRate(offer.AprcPercent)], IsTotal: true));
        var table = Table([new PdfColumn(0.5), new PdfColumn(0.25, TextAlignment.Right), new PdfColumn(0.25, TextAlignment.Right)]);
        StartSection(wording.Costs, table.HeightOf(rows));
        table.Draw(flow, rows);

        void AddFee(string name, string how, decimal amount)
        {
            if (amount != 0)
            {
                rows.Add(new PdfRow([name, how, Money(amount)]));
            }
        }
    }

    private void DrawLegalTexts()
    {
        if (offer.AprcPercent is null)
        {
            Section(wording.RepresentativeExample, (wording.ExampleText(offer), Body));
        }
        else
        {
            Section(wording.RepresentativeExample, (wording.ExampleText(offer), Body), (wording.AprcAssumptionsText(offer), Small));
        }
        Section(wording.Withdrawal, (wording.WithdrawalText(offer), Body), (wording.WithdrawalConsequences(offer), Body));
        Section(wording.EarlyRepayment, (wording.EarlyRepaymentText, Body));
        Section(wording.LatePayment, (wording.LatePaymentText, Body));
        Section(wording.Validity, (wording.ValidityText(offer), Body));

        void Section(string heading, params ReadOnlySpan<(string Text, TextStyle Style)> paragraphs)
        {
            var height = 0.0;
            foreach (var (text, style) in paragraphs)
            {
                height += HeightOf(text, style) + 3;
            }
            StartSection(heading, height);
            foreach (var (text, style) in paragraphs)
            {
                flow.Paragraph(text, style);
                flow.Y += 3;
            }
        }
    }

    private void DrawSchedule()
    {
        var title = new TextStyle(16, Ink, IsBold: true);

        var (table, rows) = ScheduleTable.Of(offer, wording);

        // A schedule that does not fit below begins on a page of its own.
        flow.Y += 28;
        flow.Keep(title.LineHeight + Small.LineHeight + 8 + table.HeightOf(rows));
        flow.Paragraph(wording.Schedule, title);
        flow.Paragraph(wording.ScheduleText(offer), Small);
        flow.Y += 8;
        table.Draw(flow, rows);
    }

    private void DrawFooters() =>
        Footers(
            pdf,
            $"{wording.OfferNumber} {offer.OfferId}  ·  {wording.Version} {Text(offer.Version)}  ·  {wording.Hash} {offer.Hash[..12]}…",
            wording.Format
        );

    /// <summary>Writes a heading on the page on which this much of what follows has room, too.</summary>
    private void StartSection(string heading, double height)
    {
        const double Above = 14;

        if (!flow.Keep(Above + Heading.LineHeight + 3 + height))
        {
            flow.Y += Above;
        }
        flow.Paragraph(heading, Heading);
        flow.Y += 3;
    }

    // A last instalment that takes up what rounding left over is no reason not to call the others monthly.
    private bool FirstInstalmentDiffers =>
        offer.Quote.Instalments.Count > 2
        || (offer.Quote.Instalments.Count == 2 && offer.Quote.Instalments[1].FromNumber < offer.Quote.Terms.TermMonths);

    private void Rule()
    {
        flow.Page.Fill(PdfFlow.Left, flow.Y, PdfFlow.Width, 0.5, Line);
        flow.Y += 0.5;
    }

    private string Money(decimal amount) => wording.Money(amount, offer.Currency);

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
