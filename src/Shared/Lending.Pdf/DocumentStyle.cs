namespace Lending.Pdf;

/// <summary>What documents look like: colours, letters, columns, tables.</summary>
public static class DocumentStyle
{
    /// <summary>The colour of text.</summary>
    public const int Ink = 0x17212B;

    /// <summary>The colour of what is less important.</summary>
    public const int Muted = 0x5D6B78;

    /// <summary>The colour of headings.</summary>
    public const int Accent = 0x0B5563;

    /// <summary>The colour of lines.</summary>
    public const int Line = 0xD8DEE3;

    /// <summary>The ground of what stands out.</summary>
    public const int Ground = 0xF2F6F7;

    /// <summary>The room between two columns side by side: parties, dates, signatures.</summary>
    public const double ColumnGap = 24;

    /// <summary>How wide each of them is.</summary>
    public const double ColumnWidth = (PdfFlow.Width - ColumnGap) / 2;

    /// <summary>Where the second one begins.</summary>
    public const double SecondColumn = PdfFlow.Left + ColumnWidth + ColumnGap;

    /// <summary>Text.</summary>
    public static readonly TextStyle Body = new(9, Ink);

    /// <summary>Labels, notes, what stands at the edge of a page.</summary>
    public static readonly TextStyle Small = new(7.5, Muted);

    /// <summary>Text that stands out.</summary>
    public static readonly TextStyle Strong = Body with { IsBold = true };

    /// <summary>Headings of sections.</summary>
    public static readonly TextStyle Heading = new(11.5, Accent, IsBold: true);

    /// <summary>Numbers in columns.</summary>
    public static readonly TextStyle Figures = new(8.5, Ink, HasTabularFigures: true);

    /// <summary>What stands above them.</summary>
    public static readonly TextStyle FigureHeadings = new(7.5, Accent, IsBold: true);

    /// <summary>A table of text, with lines between rows.</summary>
    public static PdfTable Table(IReadOnlyList<PdfColumn> columns) =>
        new()
        {
            Columns = columns,
            Style = Body,
            HeaderStyle = FigureHeadings,
            LineColor = Line,
            Padding = 2.7,
        };

    /// <summary>A table of numbers, with a ground under every other row.</summary>
    public static PdfTable FigureTable(IReadOnlyList<PdfColumn> columns) =>
        new()
        {
            Columns = columns,
            Style = Figures,
            HeaderStyle = FigureHeadings,
            LineColor = Line,
            StripeColor = Ground,
            Padding = 2.4,
        };
}
