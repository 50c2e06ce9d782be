using Lending.Pdf;

namespace Lending.Loans.Documents;

/// <summary>What an offer's document looks like: colours, letters, columns, tables.</summary>
internal static class DocumentStyle
{
    public const int Ink = 0x17212B;
    public const int Muted = 0x5D6B78;
    public const int Accent = 0x0B5563;
    public const int Line = 0xD8DEE3;
    public const int Ground = 0xF2F6F7;

    public static readonly TextStyle Body = new(9, Ink);
    public static readonly TextStyle Small = new(7.5, Muted);
    public static readonly TextStyle Strong = Body with { IsBold = true };
    public static readonly TextStyle Heading = new(11.5, Accent, IsBold: true);
    public static readonly TextStyle Figures = new(8.5, Ink, HasTabularFigures: true);
    public static readonly TextStyle FigureHeadings = new(7.5, Accent, IsBold: true);

    // Two columns side by side: parties, dates, signatures.
    public const double ColumnGap = 24;
    public const double ColumnWidth = (PdfFlow.Width - ColumnGap) / 2;
    public const double SecondColumn = PdfFlow.Left + ColumnWidth + ColumnGap;

    public static PdfTable Table(IReadOnlyList<PdfColumn> columns) =>
        new()
        {
            Columns = columns,
            Style = Body,
            HeaderStyle = FigureHeadings,
            LineColor = Line,
            Padding = 2.7,
        };
}
