using static Lending.Pdf.DocumentStyle;

namespace Lending.Pdf;

/// <summary>What documents have alike: the edges of their pages, and the figures that a reader looks for first.</summary>
public static class DocumentParts
{
    /// <summary>What every page after the first has above: who sends it, and what it is.</summary>
    public static void PageHeader(PdfPage page, string sender, string title)
    {
        var style = Small with { Color = Accent, IsBold = true };
        page.Text(title, PdfFlow.Right, 46, Small, TextAlignment.Right);
        var name = style.Wrap(sender, PdfFlow.Width - Small.Measure(title) - ColumnGap);
        page.Text(name.Count > 1 ? $"{name[0]}…" : name[0], PdfFlow.Left, 46, style);
        page.Fill(PdfFlow.Left, 54, PdfFlow.Width, 0.5, Line);
    }

    /// <summary>What every page has below: this text, and which page it is of how many; for when all pages are there.</summary>
    public static void Footers(PdfDocument pdf, string text, DocumentLanguage language)
    {
        for (var index = 0; index < pdf.Pages.Count; index++)
        {
            var page = pdf.Pages[index];
            var y = PdfDocument.PageHeight - 36;
            page.Fill(PdfFlow.Left, y - 12, PdfFlow.Width, 0.5, Line);
            page.Text(text, PdfFlow.Left, y, Small);
            page.Text(language.Page(index + 1, pdf.Pages.Count), PdfFlow.Right, y, Small, TextAlignment.Right);
        }
    }

    /// <summary>Large figures side by side, each with its share of the width.</summary>
    public static void KeyFigures(PdfFlow flow, IReadOnlyList<(string Label, string Value, double Share)> figures)
    {
        const double Height = 52;
        const double Edge = 14;
        const double Gap = 12;

        var width = PdfFlow.Width - Edge;
        var largest = new TextStyle(13.5, Ink, IsBold: true);
        // All in the size of the one that needs the smallest.
        var size = figures.Min(figure => largest.ShrunkToFit(figure.Value, (figure.Share * width) - Gap).Size);
        flow.Keep(Height);
        flow.Page.Fill(PdfFlow.Left, flow.Y, PdfFlow.Width, Height, Ground);
        flow.Page.Fill(PdfFlow.Left, flow.Y, 3, Height, Accent);
        var x = PdfFlow.Left + Edge;
        foreach (var (label, value, share) in figures)
        {
            flow.Page.Text(label, x, flow.Y + 20, Small.ShrunkToFit(label, (share * width) - Gap));
            flow.Page.Text(value, x, flow.Y + 38, largest with { Size = size });
            x += share * width;
        }
        flow.Y += Height;
    }

    /// <summary>How much room a paragraph takes.</summary>
    public static double HeightOf(string text, TextStyle style) => style.Wrap(text, PdfFlow.Width).Count * style.LineHeight;
}
