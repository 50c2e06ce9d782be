using System.Net;
using System.Text.RegularExpressions;
using Lending.Disclosures.Form;
using Lending.Testing;

namespace Lending.Disclosures.Tests.Form;

/// <summary>One form in two outputs: both say the same, and nothing more prominently than the rest.</summary>
public sealed partial class OutputTests
{
    private const string Hash = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";

    public static readonly TheoryData<string> Languages = [.. PreContractualForm.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Both_outputs_say_everything_that_the_form_says(string language)
    {
        var form = Samples.FormOf(Samples.Full, language);
        var pdf = Squeezed(string.Concat(PdfReader.Pages(FormPdf.Render(form, Hash))));
        var html = Squeezed(WebUtility.HtmlDecode(Tags().Replace(FormHtml.Render(form, Hash), "")));

        foreach (var text in TextsOf(form))
        {
            // What stands in columns side by side is read line by line, so only what fits on a line is looked for there.
            foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                pdf.ShouldContain(word, customMessage: text);
            }
            html.ShouldContain(Squeezed(text));
        }
        pdf.ShouldContain(Squeezed(form.Schedule.Rows[0][2]));
        pdf.ShouldNotContain("□");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void All_text_of_the_file_is_of_one_size_and_weight(string language)
    {
        var pdf = FormPdf.Render(Samples.FormOf(Samples.Full, language), Hash);

        var words = PdfReader.Places(pdf);
        words.Count.ShouldBeGreaterThan(300);
        words.Select(word => Math.Round(word.Bottom - word.Top, 1)).Distinct().ShouldHaveSingleItem();
        PdfReader.FontsUsed(pdf).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Key_information_is_on_the_first_page_and_the_rest_begins_behind_it(string language)
    {
        var form = Samples.FormOf(Samples.Full, language);
        var pages = PdfReader.Pages(FormPdf.Render(form, Hash)).Select(Squeezed).ToList();

        pages[0].ShouldContain(Squeezed(form.Sections[0].Heading));
        pages[0].ShouldContain(Squeezed(form.Sections[0].Rows[^1].Value.Split('\n')[^1]));
        var second = pages.FindIndex(page => page.Contains(Squeezed(form.Sections[1].Heading + "\n"), StringComparison.Ordinal));
        second.ShouldBeInRange(0, 1);
        pages[second].ShouldContain(Squeezed(form.Sections[1].Rows[^1].Value.Split('\n')[^1]));
        pages.FindIndex(page => page.Contains(Squeezed(form.Sections[2].Heading), StringComparison.Ordinal)).ShouldBeGreaterThan(second);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_longest_texts_leave_part_one_on_the_first_page(string language)
    {
        var form = Samples.FormOf(Samples.Longest, language);
        var pdf = FormPdf.Render(form, Hash);
        var pages = PdfReader.Pages(pdf).Select(Squeezed).ToList();

        // The last row's text, and nobody else's.
        pages[0].ShouldContain("VVVV");
        pages.Skip(1).ShouldAllBe(page => !page.Contains("VVVV", StringComparison.Ordinal));
        PdfReader.Places(pdf).Max(word => word.Right).ShouldBeLessThan(595);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_page_has_no_script_one_size_and_one_weight_and_the_style_that_its_hash_names(string language)
    {
        var html = FormHtml.Render(Samples.FormOf(Samples.Full, language), Hash);

        html.ShouldStartWith("<!doctype html>");
        html.ShouldContain($"<html lang=\"{language}\">");
        html.ShouldNotContain("<script", Case.Insensitive);
        html.ShouldNotContain(" style=", Case.Insensitive);
        html.ShouldNotContain("http-equiv", Case.Insensitive);
        html.ShouldNotContain("src=", Case.Insensitive);
        var style = html.Split("<style>")[1].Split("</style>")[0];
        Convert
            .ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)))
            .ShouldBe(FormHtml.StyleHash);
        style.ShouldStartWith("* { font-size: 1rem; font-weight: 400;");
        style.Split("font-size").Length.ShouldBe(2);
        style.Split("font-weight").Length.ShouldBe(2);
        style.ShouldNotContain("font:");
        style.ShouldNotContain("url(");
    }

    [Fact]
    public void What_people_typed_is_no_markup()
    {
        var facts = Samples.Full with { Goods = "<script>alert(1)</script> & \"more\"" };

        var html = FormHtml.Render(Samples.FormOf(facts), Hash);

        html.ShouldNotContain("<script", Case.Insensitive);
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;");
    }

    [Fact]
    public void The_same_form_gives_the_same_bytes()
    {
        var form = Samples.FormOf(Samples.Full);
        var kept = PreContractualForm.Parse(form.ToJson(), PreContractualForm.FormatVersion);

        FormPdf.Render(kept, Hash).ShouldBe(FormPdf.Render(form, Hash));
        FormHtml.Render(kept, Hash).ShouldBe(FormHtml.Render(form, Hash));
    }

    private static IEnumerable<string> TextsOf(PreContractualForm form) =>
        form
            .Sections.SelectMany(section =>
                section.Rows.SelectMany(row => new[] { row.Label, row.Explanation ?? "", row.Value }).Prepend(section.Heading)
            )
            .Append(form.Title)
            .Append(form.Reference)
            .Append(form.Note ?? "")
            .Append(form.OfferHash)
            .Append(Hash);

    private static string Squeezed(string text) => Spaces().Replace(text, "");

    [GeneratedRegex(@"[\s\u00A0]+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
