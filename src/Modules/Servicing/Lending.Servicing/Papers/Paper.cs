using Lending.Pdf;
using static Lending.Pdf.DocumentStyle;

namespace Lending.Servicing.Papers;

/// <summary>
/// A letter of a lender to a borrower: the address where a window envelope (DIN 5008, form B) shows it, what it is about, sections, and a footer on each page.
/// </summary>
internal sealed class Paper
{
    private const double AddressTop = 128;
    private const double TitleTop = 262;

    private readonly PaperWording words;
    private readonly PaperParties parties;
    private readonly Guid accountId;
    private readonly string title;
    private readonly PdfDocument pdf;
    private readonly PdfFlow flow;

    public Paper(PaperWording words, PaperParties parties, Guid accountId, string title, string subtitle, DateOnly on)
    {
        (this.words, this.parties, this.accountId, this.title) = (words, parties, accountId, title);
        pdf = new PdfDocument($"{title} {accountId}", words.Format.Code);
        flow = new PdfFlow(pdf, DrawPageHeader);
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
        const double Height = 52;
        const double Edge = 14;
        const double Gap = 12;

        var width = (PdfFlow.Width - Edge) / figures.Count;
        var largest = new TextStyle(13.5, Ink, IsBold: true);
        // All in the size of the one that needs the smallest.
        var size = figures.Min(figure => largest.ShrunkToFit(figure.Value, width - Gap).Size);
        flow.Keep(Height);
        flow.Page.Fill(PdfFlow.Left, flow.Y, PdfFlow.Width, Height, Ground);
        flow.Page.Fill(PdfFlow.Left, flow.Y, 3, Height, Accent);
        var x = PdfFlow.Left + Edge;
        foreach (var (label, value) in figures)
        {
            flow.Page.Text(label, x, flow.Y + 20, Small.ShrunkToFit(label, width - Gap));
            flow.Page.Text(value, x, flow.Y + 38, largest with { Size = size });
            x += width;
        }
        flow.Y += Height + 16;
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
        flow.Keep(style.Wrap(text, PdfFlow.Width).Count * style.LineHeight);
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
        for (var index = 0; index < pdf.Pages.Count; index++)
        {
            var page = pdf.Pages[index];
            var y = PdfDocument.PageHeight - 36;
            page.Fill(PdfFlow.Left, y - 12, PdfFlow.Width, 0.5, Line);
            page.Text($"{words.LoanAccount} {accountId}", PdfFlow.Left, y, Small);
            page.Text(words.Format.Page(index + 1, pdf.Pages.Count), PdfFlow.Right, y, Small, TextAlignment.Right);
        }
        return pdf.ToBytes();
    }

    private void DrawLetterhead(DateOnly on)
    {
        flow.Page.Fill(0, 0, PdfDocument.PageWidth, 6, Accent);
        flow.Y = 44;
        flow.Paragraph(parties.Lender, new TextStyle(10.5, Accent, IsBold: true));
        var y = flow.Column(parties.Lender, PdfFlow.Left, ColumnWidth, AddressTop, Small) + 6;
        y = flow.Column(parties.CustomerName, PdfFlow.Left, ColumnWidth, y, Strong with { Size = 10 });
        flow.Column(parties.CustomerAddress, PdfFlow.Left, ColumnWidth, y, Body with { Size = 10 });
        y = flow.Column(words.Date, SecondColumn, ColumnWidth, AddressTop, Small);
        y = flow.Column(words.Format.LongDate(on), SecondColumn, ColumnWidth, y, Body) + 6;
        y = flow.Column(words.LoanAccount, SecondColumn, ColumnWidth, y, Small);
        flow.Column(accountId.ToString(), SecondColumn, ColumnWidth, y, Body);
    }

    private void DrawPageHeader(PdfPage page)
    {
        var style = Small with { Color = Accent, IsBold = true };
        page.Text(title, PdfFlow.Right, 46, Small, TextAlignment.Right);
        var name = style.Wrap(parties.Lender, PdfFlow.Width - Small.Measure(title) - ColumnGap);
        page.Text(name.Count > 1 ? $"{name[0]}…" : name[0], PdfFlow.Left, 46, style);
        page.Fill(PdfFlow.Left, 54, PdfFlow.Width, 0.5, Line);
    }
}
