namespace Lending.Pdf;

/// <summary>Where text stands against the place it is given.</summary>
public enum TextAlignment
{
    /// <summary>It begins there.</summary>
    Left,

    /// <summary>It ends there.</summary>
    Right,
}

/// <summary>A page to draw on. Lengths are points, counted from the top left corner; colours are red, green and blue, as in 0x1B2A38.</summary>
public sealed class PdfPage
{
    private readonly PdfDocument document;

    // What the page's content has set last, so that it is not said again.
    private (double Size, bool IsBold)? font;
    private int? color;

    internal PdfPage(PdfDocument document) => this.document = document;

    internal PdfOutput Content { get; } = new();

    /// <summary>Draws one line of text on a base line.</summary>
    public void Text(string text, double x, double baseline, TextStyle style, TextAlignment alignment = TextAlignment.Left)
    {
        if (text.Length == 0)
        {
            return;
        }
        text = TextStyle.Composed(text);
        if (alignment == TextAlignment.Right)
        {
            x -= style.Measure(text);
        }
        SetColor(style.Color);
        Content.Add("BT "u8);
        if (font != (style.Size, style.IsBold))
        {
            Content.Add(style.IsBold ? "/F2 "u8 : "/F1 "u8).Add(style.Size).Add("Tf "u8);
            font = (style.Size, style.IsBold);
        }
        Content.Add(x).Add(PdfDocument.PageHeight - baseline).Add("Td "u8);
        (style.IsBold ? document.Bold : document.Regular).AddGlyphs(Content, text, style);
        Content.Add("Tj ET\n"u8);
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(double x, double y, double width, double height, int fillColor)
    {
        SetColor(fillColor);
        AddRectangle(x, y, width, height);
        Content.Add("f\n"u8);
    }

    /// <summary>Draws a QR code (ISO/IEC 18004) of this text with its quiet zone, in black on whatever is there.</summary>
    public void QrCode(string text, double x, double y, double size)
    {
        SetColor(0);
        var modules = Pdf.QrCode.ModulesOf(text);
        var unit = size / modules.Count;
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules.Count; column++)
            {
                var first = column;
                while (column < modules.Count && modules[row][column])
                {
                    column++;
                }
                if (column > first)
                {
                    AddRectangle(x + (first * unit), y + (row * unit), (column - first) * unit, unit);
                }
            }
        }
        Content.Add("f\n"u8);
    }

    private void AddRectangle(double x, double y, double width, double height) =>
        Content.Add(x).Add(PdfDocument.PageHeight - y - height).Add(width).Add(height).Add("re\n"u8);

    private void SetColor(int value)
    {
        if (color != value)
        {
            Content.Add((value >> 16 & 0xFF) / 255.0).Add((value >> 8 & 0xFF) / 255.0).Add((value & 0xFF) / 255.0).Add("rg "u8);
            color = value;
        }
    }
}
