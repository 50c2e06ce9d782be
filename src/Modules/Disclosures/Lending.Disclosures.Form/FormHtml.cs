using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Lending.Disclosures.Form;

/// <summary>
/// The form as a page without scripts, which is read on a screen 320 pixels wide, too. Everything in it is equally prominent: one size and weight for all
/// text. Its only style is allowed by <see cref="StyleHash"/>, so that a policy can forbid all others.
/// </summary>
public static class FormHtml
{
    private const string Style = """
        * { font-size: 1rem; font-weight: 400; box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 60rem; font-family: Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; line-height: 1.45; color: #17212b; background: #fff; overflow-wrap: anywhere; }
        h1, p { margin: 0 0 .5rem; }
        section { margin: 2rem 0 0; }
        h2 { margin: 0; padding: .5rem .75rem; background: #e9f0f1; border-top: 2px solid #0b5563; }
        dl { margin: 0; }
        dl > div { padding: .6rem .75rem; border-bottom: 1px solid #d8dee3; }
        dt span { display: block; }
        dd { margin: .3rem 0 0; padding: 0 0 0 .75rem; border-left: 3px solid #d8dee3; white-space: pre-line; }
        table, thead, tbody, tr, td { display: block; }
        thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        tr { padding: .5rem .75rem; border-bottom: 1px solid #d8dee3; }
        td { display: flex; justify-content: space-between; gap: 1rem; font-variant-numeric: tabular-nums; }
        td:empty { display: none; }
        td::before { content: attr(data-label); }
        footer { margin: 2rem 0 0; padding: .75rem; border-top: 1px solid #d8dee3; }
        @media (min-width: 44rem) {
          dl > div { display: grid; grid-template-columns: 37% 1fr; gap: 1.5rem; }
          dd { margin: 0; }
          table { display: table; width: 100%; border-collapse: collapse; }
          thead { display: table-header-group; position: static; clip-path: none; }
          tbody { display: table-row-group; }
          tr { display: table-row; }
          th, td, td:empty { display: table-cell; padding: .25rem .75rem; text-align: right; border-bottom: 1px solid #d8dee3; }
          th:nth-child(-n + 2), td:nth-child(-n + 2) { text-align: left; }
          td::before { content: none; }
        }
        """;

    /// <summary>The SHA-256 of the page's style, as a Content-Security-Policy names it, without its prefix.</summary>
    public static string StyleHash { get; } = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>The form as a page. The same form gives the same bytes.</summary>
    /// <param name="form">The form.</param>
    /// <param name="hash">The hash of the form, as 64 lower-case hexadecimal digits.</param>
    public static string Render(PreContractualForm form, string hash)
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<!doctype html>\n<html lang=\"{Text(form.Language)}\">\n<head>\n<meta charset=\"utf-8\">\n"
        );
        html.Append(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<title>{Text(form.Title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n<h1>{Text(form.Title)}</h1>\n"
        );
        html.Append(CultureInfo.InvariantCulture, $"<p>{Text(form.Reference)}</p>\n");
        if (form.Note is { } note)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(note)}</p>\n");
        }
        foreach (var section in form.Sections)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<section aria-labelledby=\"{Text(section.Part)}\">\n<h2 id=\"{Text(section.Part)}\">{Text(section.Heading)}</h2>\n<dl>\n"
            );
            foreach (var row in section.Rows)
            {
                var explanation = row.Explanation is null ? "" : $" <span>{Text(row.Explanation)}</span>";
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<div><dt>{Text(row.Label)}{explanation}</dt>\n<dd>{Text(row.Value)}</dd></div>\n"
                );
            }
            html.Append("</dl>\n</section>\n");
        }
        AddSchedule(html, form.Schedule);
        var texts = FormTexts.All[form.Language];
        html.Append(
            CultureInfo.InvariantCulture,
            $"</main>\n<footer>{Text(texts.OfferHash)}: {Text(form.OfferHash)}<br>\n{Text(texts.FormHash)}: {Text(hash)}</footer>\n</body>\n</html>\n"
        );
        return html.ToString();
    }

    // Narrow screens show each row as a block, which takes away what a table is: the roles say it all the same.
    private static void AddSchedule(StringBuilder html, FormTable schedule)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section aria-labelledby=\"payments\">\n<h2 id=\"payments\">{Text(schedule.Caption)}</h2>\n"
        );
        html.Append("<table role=\"table\" aria-labelledby=\"payments\">\n<thead role=\"rowgroup\"><tr role=\"row\">");
        foreach (var header in schedule.Headers)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th role=\"columnheader\" scope=\"col\">{Text(header)}</th>");
        }
        html.Append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        foreach (var row in schedule.Rows)
        {
            html.Append("<tr role=\"row\">");
            for (var column = 0; column < row.Count; column++)
            {
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<td role=\"cell\" data-label=\"{Text(schedule.Headers[column])}\">{Text(row[column])}</td>"
                );
            }
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n</section>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
