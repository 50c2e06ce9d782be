using Lending.Pdf;
using static Lending.Pdf.DocumentParts;
using static Lending.Pdf.DocumentStyle;

namespace Lending.Servicing.Papers;

/// <summary>
/// A letter of a lender to a borrower: the address where a window envelope (DIN 5008, form B) shows it, what it is about, sections, who writes and where to pay,
/// and a footer on each page.
/// </summary>
internal sealed class Paper
{
    private const double AddressTop = 128;
    private const double TitleTop = 262;

    private readonly PaperWording words;
    private readonly PaperParties parties;
    private readonly Guid accountId;
    private readonly PdfDocument pdf;
    private readonly PdfFlow flow;

    public Paper(PaperWording words, PaperParties parties, Guid accountId, string title, string subtitle, DateOnly on)
    {
        (this.words, this.parties, this.accountId) = (words, parties, accountId);
        pdf = new PdfDocument($"{title} {accountId}", words.Format.Code);
        flow = new PdfFlow(pdf, page => PageHeader(page, parties.Lender, title));
        DrawLetterhead(on);
        flow.Y = TitleTop;
        flow.Paragraph(title, new TextStyle(19, Ink, IsBold: true));
        if (subtitle.Length > 0)
        {
            flow.Paragraph(subtitle, new TextStyle(9.5, Muted));
        }
        flow.Y += 14;
    }

    /// <summary>The figures that a reader looks for first.</summary>
    public void Figures(params IReadOnlyList<(string Label, string Value)> figures)
    {
        KeyFigures(flow, [.. figures.Select(figure => (figure.Label, figure.Value, 1.0 / figures.Count))]);
        flow.Y += 16;
    }

    /// <summary>A heading that stands with what follows it.</summary>
    public void Heading(string text)
    {
        flow.Keep(DocumentStyle.Heading.LineHeight + 60);
        flow.Paragraph(text, DocumentStyle.Heading);
        flow.Y += 3;
    }

    /// <summary>A paragraph, kept on one page.</summary>
    public void Text(string text, bool isNote = false)
    {
        var style = isNote ? Small : Body;
        flow.Keep(HeightOf(text, style));
        flow.Paragraph(text, style);
        flow.Y += isNote ? 4 : 7;
    }

    /// <summary>A table of figures.</summary>
    public void Table(IReadOnlyList<PdfColumn> columns, IReadOnlyList<PdfRow> rows)
    {
        FigureTable(columns).Draw(flow, rows);
        flow.Y += 14;
    }

    /// <summary>The file. The same paper gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        if (parties.Account is { } account)
        {
            Text(words.PayTo(account), isNote: true);
        }
        if (parties.Letterhead.Count > 0)
        {
            Text(parties.LenderInLines, isNote: true);
        }
        Footers(pdf, $"{words.LoanAccount} {accountId}", words.Format);
        return pdf.ToBytes();
    }

    private void DrawLetterhead(DateOnly on)
    {
        flow.Page.Fill(0, 0, PdfDocument.PageWidth, 6, Accent);
        flow.Y = 44;
        flow.Paragraph(parties.Lender, new TextStyle(10.5, Accent, IsBold: true));
        var sender = string.Join(" · ", [parties.Lender, .. parties.Letterhead.Take(1)]);
        var y = flow.Column(sender, PdfFlow.Left, ColumnWidth, AddressTop, Small) + 6;
        y = flow.Column(parties.CustomerName, PdfFlow.Left, ColumnWidth, y, Strong with { Size = 10 });
        flow.Column(parties.CustomerAddress, PdfFlow.Left, ColumnWidth, y, Body with { Size = 10 });
        y = flow.Column(words.Date, SecondColumn, ColumnWidth, AddressTop, Small);
        y = flow.Column(words.Format.LongDate(on), SecondColumn, ColumnWidth, y, Body) + 6;
        y = flow.Column(words.LoanAccount, SecondColumn, ColumnWidth, y, Small);
        flow.Column(accountId.ToString(), SecondColumn, ColumnWidth, y, Body);
    }
}
