using Lending.Pdf;

namespace Lending.Disclosures.Form;

/// <summary>
/// The form as a PDF file. Everything in it is equally prominent: one size and weight for all text, headings and footers included, which stand out by their
/// place alone.
/// </summary>
public static class FormPdf
{
    private const int Line = 0xD8DEE3;
    private const int Ground = 0xE9F0F1;
    private const double Inset = 6;

    private static readonly TextStyle Text = new(9, 0x17212B, HasTabularFigures: true);

    private static readonly PdfTable Rows = new()
    {
        Columns = [new PdfColumn(0.4), new PdfColumn(0.6)],
        Style = Text,
        HeaderStyle = Text,
        LineColor = Line,
        Padding = 2.2,
    };

    /// <summary>The form as a PDF file. The same form gives the same bytes.</summary>
    /// <param name="form">The form.</param>
    /// <param name="hash">The hash of the form, as 64 lower-case hexadecimal digits.</param>
    public static byte[] Render(PreContractualForm form, string hash)
    {
        var pdf = new PdfDocument($"{form.Title} {form.OfferId}", form.Language);
        var flow = new PdfFlow(pdf, page => page.Text(form.Title, PdfFlow.Left, 46, Text)) { Y = 40 };
        flow.Paragraph(form.Title, Text);
        flow.Paragraph(form.Reference, Text);
        if (form.Note is { } note)
        {
            flow.Paragraph(note, Text);
        }
        foreach (var section in form.Sections)
        {
            Draw(flow, section);
        }
        DrawSchedule(flow, form.Schedule);
        DrawFooters(pdf, form, hash);
        return pdf.ToBytes();
    }

    private static void Draw(PdfFlow flow, FormSection section)
    {
        List<PdfRow> rows =
        [
            .. section.Rows.Select(row => new PdfRow([row.Explanation is null ? row.Label : $"{row.Label}\n{row.Explanation}", row.Value])),
        ];
        switch (section.Part)
        {
            case FormRows.MoreKeyInformation:
                // As a whole on the first page, or at the top of the second.
                StartSection(flow, section.Heading, Rows.HeightOf(rows));
                break;
            case FormRows.Features:
                // Noticeably separated from the key information.
                flow.NewPage();
                StartSection(flow, section.Heading, 0);
                break;
            default:
                StartSection(flow, section.Heading, Rows.HeightOf(rows[..1]));
                break;
        }
        Rows.Draw(flow, rows);
    }

    private static void DrawSchedule(PdfFlow flow, FormTable schedule)
    {
        double[] shares = [0.09, 0.22, 0.15, 0.13, 0.1, 0.15, 0.16];
        var table = new PdfTable
        {
            Columns =
            [
                .. schedule.Headers.Select(
                    (header, index) => new PdfColumn(shares[index], index < 2 ? TextAlignment.Left : TextAlignment.Right, header)
                ),
            ],
            Style = Text,
            HeaderStyle = Text,
            LineColor = Line,
            Padding = 1.4,
        };
        flow.NewPage();
        StartSection(flow, schedule.Caption, 0);
        table.Draw(flow, [.. schedule.Rows.Select(cells => new PdfRow(cells))]);
    }

    /// <summary>Writes a heading on the page on which this much of what follows has room, too.</summary>
    private static void StartSection(PdfFlow flow, string heading, double height)
    {
        const double Above = 9;

        var lines = Text.Wrap(heading, PdfFlow.Width - (2 * Inset));
        var band = (lines.Count * Text.LineHeight) + 6;
        if (!flow.Keep(Above + band + height))
        {
            flow.Y += Above;
        }
        flow.Page.Fill(PdfFlow.Left - Inset, flow.Y, PdfFlow.Width + (2 * Inset), band, Ground);
        flow.Column(heading, PdfFlow.Left, PdfFlow.Width - (2 * Inset), flow.Y + 3, Text);
        flow.Y += band + 1;
    }

    private static void DrawFooters(PdfDocument pdf, PreContractualForm form, string hash)
    {
        var texts = FormTexts.All[form.Language];
        for (var index = 0; index < pdf.Pages.Count; index++)
        {
            var page = pdf.Pages[index];
            var y = PdfDocument.PageHeight - 44;
            page.Fill(PdfFlow.Left, y - 13, PdfFlow.Width, 0.5, Line);
            page.Text($"{texts.OfferHash}: {form.OfferHash}", PdfFlow.Left, y, Text);
            page.Text($"{texts.FormHash}: {hash}", PdfFlow.Left, y + Text.LineHeight, Text);
            page.Text(
                $"{index + 1}/{pdf.Pages.Count}",
                PdfFlow.Right,
                index == 0 ? 40 + Text.BaselineOffset : 46,
                Text,
                TextAlignment.Right
            );
        }
    }
}
