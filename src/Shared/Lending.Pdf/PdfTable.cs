namespace Lending.Pdf;

/// <summary>A column of a table.</summary>
/// <param name="Share">How much of the table's width it gets: all columns together one.</param>
/// <param name="Alignment">Text stands on the left and is wrapped; numbers stand on the right and are shrunk where they must be.</param>
/// <param name="Header">What stands above it.</param>
public sealed record PdfColumn(double Share, TextAlignment Alignment = TextAlignment.Left, string Header = "");

/// <summary>A row of a table.</summary>
/// <param name="Cells">One text for each column.</param>
/// <param name="IsTotal">Bold, below a line.</param>
public sealed record PdfRow(IReadOnlyList<string> Cells, bool IsTotal = false);

/// <summary>A table over the whole width that goes on, with its header, over as many pages as it takes.</summary>
public sealed class PdfTable
{
    private const double Gap = 8;
    private const double Hairline = 0.5;

    /// <summary>The columns from the left.</summary>
    public required IReadOnlyList<PdfColumn> Columns { get; init; }

    /// <summary>How cells look.</summary>
    public required TextStyle Style { get; init; }

    /// <summary>How the headers look.</summary>
    public required TextStyle HeaderStyle { get; init; }

    /// <summary>The colour of lines.</summary>
    public required int LineColor { get; init; }

    /// <summary>The ground of every other row; null for lines between rows instead.</summary>
    public int? StripeColor { get; init; }

    /// <summary>The room above and below a row's text, in points.</summary>
    public double Padding { get; init; } = 3;

    private double HeaderHeight => Columns.All(column => column.Header.Length == 0) ? 0 : HeaderStyle.LineHeight + (2 * Padding);

    // Text keeps away from the edges of what lies under it.
    private double Inset => StripeColor is null ? 0 : 6;

    /// <summary>How much room the header and these rows take on one page, in points.</summary>
    public double HeightOf(IReadOnlyList<PdfRow> rows) => HeaderHeight + rows.Sum(row => HeightOf(LinesOf(row), StyleOf(row)));

    /// <summary>Draws the header and these rows.</summary>
    public void Draw(PdfFlow flow, IReadOnlyList<PdfRow> rows)
    {
        for (var number = 0; number < rows.Count; number++)
        {
            var style = StyleOf(rows[number]);
            var lines = LinesOf(rows[number]);
            var height = HeightOf(lines, style);
            // The first row takes the header along: a header never stands alone at the end of a page.
            if (flow.Keep(number == 0 ? HeaderHeight + height : height) || number == 0)
            {
                DrawHeader(flow);
            }
            DrawGround(flow, number, height, rows[number].IsTotal);
            DrawCells(flow.Page, lines, flow.Y + Padding, style);
            flow.Y += height;
        }
    }

    private void DrawHeader(PdfFlow flow)
    {
        if (HeaderHeight > 0)
        {
            DrawCells(flow.Page, [.. Columns.Select(column => new[] { column.Header })], flow.Y + Padding, HeaderStyle);
            flow.Y += HeaderHeight;
            flow.Page.Fill(PdfFlow.Left, flow.Y - Hairline, PdfFlow.Width, Hairline, HeaderStyle.Color);
        }
    }

    private void DrawGround(PdfFlow flow, int number, double height, bool isTotal)
    {
        if (isTotal)
        {
            flow.Page.Fill(PdfFlow.Left, flow.Y - Hairline, PdfFlow.Width, Hairline, HeaderStyle.Color);
        }
        if (StripeColor is null)
        {
            flow.Page.Fill(PdfFlow.Left, flow.Y + height - Hairline, PdfFlow.Width, Hairline, LineColor);
        }
        else if (number % 2 == 1 && !isTotal)
        {
            flow.Page.Fill(PdfFlow.Left, flow.Y, PdfFlow.Width, height, StripeColor.Value);
        }
    }

    private void DrawCells(PdfPage page, IReadOnlyList<string>[] cells, double top, TextStyle style)
    {
        var x = PdfFlow.Left + Inset;
        for (var column = 0; column < cells.Length; x += WidthOf(column++))
        {
            var baseline = top + style.BaselineOffset;
            foreach (var line in cells[column])
            {
                if (Columns[column].Alignment == TextAlignment.Right)
                {
                    page.Text(line, x + WidthOf(column), baseline, style.ShrunkToFit(line, WidthOf(column) - Gap), TextAlignment.Right);
                }
                else
                {
                    page.Text(line, x, baseline, style);
                }
                baseline += style.LineHeight;
            }
        }
    }

    private TextStyle StyleOf(PdfRow row) => Style with { IsBold = row.IsTotal };

    private double HeightOf(IReadOnlyList<string>[] lines, TextStyle style) =>
        (lines.Max(cell => cell.Count) * style.LineHeight) + (2 * Padding);

    private IReadOnlyList<string>[] LinesOf(PdfRow row) =>
        [
            .. row.Cells.Select(
                (text, column) => Columns[column].Alignment == TextAlignment.Right ? [text] : StyleOf(row).Wrap(text, WidthOf(column) - Gap)
            ),
        ];

    private double WidthOf(int column) => (PdfFlow.Width - (2 * Inset)) * Columns[column].Share;
}
