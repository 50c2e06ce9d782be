namespace Lending.Pdf;

/// <summary>A PDF document of A4 pages. The same calls give the same bytes: nothing of the time, the machine or the culture goes in.</summary>
/// <param name="title">What viewers show as the window's title.</param>
/// <param name="language">The language of the text, as in <c>de</c> (BCP 47).</param>
public sealed class PdfDocument(string title, string language)
{
    /// <summary>The width of a page, in points.</summary>
    public const double PageWidth = 595.276;

    /// <summary>The height of a page, in points.</summary>
    public const double PageHeight = 841.89;

    private readonly List<PdfPage> pages = [];

    /// <summary>All pages so far, in order.</summary>
    public IReadOnlyList<PdfPage> Pages => pages;

    internal PdfFont Regular { get; } = new(InterTypeface.Regular, "Inter-Regular");

    internal PdfFont Bold { get; } = new(InterTypeface.Bold, "Inter-Bold");

    /// <summary>Adds an empty page at the end.</summary>
    public PdfPage AddPage()
    {
        var page = new PdfPage(this);
        pages.Add(page);
        return page;
    }

    /// <summary>The finished file.</summary>
    public byte[] ToBytes()
    {
        var file = new PdfFile();
        var (catalog, information, tree, regular, bold) = (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
        file.Write(
            catalog,
            body =>
                body.Add("<</Type/Catalog/Pages "u8)
                    .Add(tree)
                    .Add(" 0 R/Lang "u8)
                    .AddText(language)
                    .Add("/ViewerPreferences<</DisplayDocTitle true>>>>"u8)
        );
        file.Write(information, body => body.Add("<</Title "u8).AddText(title).Add(">>"u8));
        var leaves = pages.ConvertAll(page => (page, Id: file.Reserve(), Content: file.Reserve()));
        file.Write(
            tree,
            body =>
            {
                body.Add("<</Type/Pages/MediaBox[0 0 "u8).Add(PageWidth).Add(PageHeight).Add("]/Resources<</Font<</F1 "u8).Add(regular);
                body.Add(" 0 R/F2 "u8).Add(bold).Add(" 0 R>>>>/Count "u8).Add(pages.Count).Add("/Kids["u8);
                foreach (var leaf in leaves)
                {
                    body.Add(leaf.Id).Add(" 0 R "u8);
                }
                body.Add("]>>"u8);
            }
        );
        foreach (var (page, id, content) in leaves)
        {
            file.Write(id, body => body.Add("<</Type/Page/Parent "u8).Add(tree).Add(" 0 R/Contents "u8).Add(content).Add(" 0 R>>"u8));
            file.WriteStream(content, "", page.Content.Written);
        }
        Regular.Write(file, regular);
        Bold.Write(file, bold);
        return file.Finish(catalog, information);
    }
}
