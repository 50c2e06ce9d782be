namespace Lending.Pdf;

/// <summary>Fills a document from top to bottom and goes on to a new page where the room ends.</summary>
public sealed class PdfFlow
{
    /// <summary>Where the room on a page begins on the left, in points.</summary>
    public const double Left = 56;

    /// <summary>Where it ends on the right.</summary>
    public const double Right = PdfDocument.PageWidth - Left;

    /// <summary>How wide it is.</summary>
    public const double Width = Right - Left;

    /// <summary>Where it begins at the top.</summary>
    public const double Top = 76;

    /// <summary>Where it ends at the bottom.</summary>
    public const double Bottom = PdfDocument.PageHeight - 66;

    private readonly PdfDocument document;
    private readonly Action<PdfPage> decorate;

    /// <summary>Starts on a first page.</summary>
    /// <param name="document">What to add pages to.</param>
    /// <param name="decorate">Draws what every page after the first has above <see cref="Top" />.</param>
    public PdfFlow(PdfDocument document, Action<PdfPage> decorate)
    {
        this.document = document;
        this.decorate = decorate;
        Page = document.AddPage();
    }

    /// <summary>The page that is being filled.</summary>
    public PdfPage Page { get; private set; }

    /// <summary>How far down it is filled.</summary>
    public double Y { get; set; } = Top;

    /// <summary>Goes on at the top of a new page.</summary>
    public void NewPage()
    {
        Page = document.AddPage();
        decorate(Page);
        Y = Top;
    }

    /// <summary>Goes on to a new page unless this much room is left on this one; true where it did.</summary>
    public bool Keep(double height)
    {
        if (Y + height <= Bottom)
        {
            return false;
        }
        NewPage();
        return true;
    }

    /// <summary>Writes text in as many lines as it takes.</summary>
    public void Paragraph(string text, TextStyle style)
    {
        foreach (var line in style.Wrap(text, Width))
        {
            Keep(style.LineHeight);
            Page.Text(line, Left, Y + style.BaselineOffset, style);
            Y += style.LineHeight;
        }
    }

    /// <summary>Writes text into a column of this page and tells where the column ends; never goes on to a new page.</summary>
    public double Column(string text, double x, double width, double y, TextStyle style)
    {
        foreach (var line in style.Wrap(text, width))
        {
            Page.Text(line, x, y + style.BaselineOffset, style);
            y += style.LineHeight;
        }
        return y;
    }
}
