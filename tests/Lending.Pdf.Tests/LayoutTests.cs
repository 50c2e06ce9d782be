using System.Globalization;
using Lending.Testing;

namespace Lending.Pdf.Tests;

public sealed class LayoutTests
{
    private static readonly TextStyle Style = new(9);

    [Theory]
    [InlineData("a bb ccc", 1000, "a bb ccc")]
    [InlineData("a bb ccc", 20, "a bb|ccc")]
    [InlineData("a\r\nb", 1000, "a|b")]
    [InlineData("", 1000, "")]
    [InlineData("i", 0, "i")]
    public void Text_is_broken_at_spaces_and_line_ends(string text, double width, string lines) =>
        Style.Wrap(text, width).ShouldBe(lines.Split('|'));

    [Fact]
    public void A_word_that_is_too_wide_is_broken_inside_and_loses_nothing()
    {
        var word = string.Concat(Enumerable.Repeat("Wołężß😀", 40));

        var lines = Style.Wrap($"a {word} b", 120);

        lines.Count.ShouldBeGreaterThan(5);
        lines.ShouldAllBe(line => Style.Measure(line) <= 120);
        string.Concat(lines).Replace(" ", "", StringComparison.Ordinal).ShouldBe($"a{word}b");
    }

    [Fact]
    public void Figures_for_columns_are_equally_wide()
    {
        var tabular = Style with { HasTabularFigures = true };

        tabular.Measure("1,111.11").ShouldBe(tabular.Measure("8,888.88"));
        Style.Measure("1,111.11").ShouldBeLessThan(Style.Measure("8,888.88"));
    }

    [Fact]
    public void Text_is_shrunk_until_it_fits_and_no_further()
    {
        var shrunk = Style.ShrunkToFit("1,000,000.000", 40);

        shrunk.Measure("1,000,000.000").ShouldBeInRange(39, 40);
        Style.ShrunkToFit("1", 40).ShouldBe(Style);
    }

    [Fact]
    public void A_paragraph_goes_on_over_pages_inside_the_margins()
    {
        var document = new PdfDocument("Long", "en");
        var flow = new PdfFlow(document, _ => { });
        var words = Enumerable.Range(0, 3000).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();

        flow.Paragraph(string.Join(' ', words), Style);

        var places = PdfReader.Places(document.ToBytes());
        places.Select(word => word.Text).ShouldBe(words);
        document.Pages.Count.ShouldBeGreaterThan(1);
        places.ShouldAllBe(word => word.Left > PdfFlow.Left - 0.1 && word.Right < PdfFlow.Right + 0.1);
        places.ShouldAllBe(word => word.Top > PdfFlow.Top - 2 && word.Bottom < PdfFlow.Bottom + 2);
    }

    [Fact]
    public void A_table_repeats_its_header_on_every_page_and_aligns_its_numbers()
    {
        var document = new PdfDocument("Table", "en");
        var flow = new PdfFlow(document, _ => { });
        var rows = Enumerable
            .Range(1, 200)
            .Select(number => new PdfRow([$"row{number}", (number * 1111.11m).ToString("N2", CultureInfo.InvariantCulture)]))
            .ToList();

        Table(stripe: 0xEEEEEE).Draw(flow, [.. rows, new PdfRow(["all", "1.00"], IsTotal: true)]);

        var pdf = document.ToBytes();
        var pages = PdfReader.Pages(pdf);
        pages.Count.ShouldBe(document.Pages.Count);
        pages.Count.ShouldBeGreaterThan(3);
        pages.ShouldAllBe(page => page.Contains("Amount"));
        var places = PdfReader.Places(pdf);
        places
            .Where(word => word.Text.StartsWith("row", StringComparison.Ordinal))
            .Select(word => word.Text)
            .ShouldBe(rows.Select(row => row.Cells[0]));
        var ends = places.Where(word => word.Text.Contains('.')).Select(word => word.Right).ToList();
        ends.Count.ShouldBe(201);
        (ends.Max() - ends.Min()).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void A_row_is_as_high_as_its_longest_cell_and_the_table_as_its_rows()
    {
        var document = new PdfDocument("Table", "en");
        var flow = new PdfFlow(document, _ => { });
        var rows = new List<PdfRow> { new([string.Concat(Enumerable.Repeat("word ", 100)), "1"]), new(["a", "2"]) };
        var before = flow.Y;

        Table(stripe: null).Draw(flow, rows);

        flow.Y.ShouldBe(before + Table(stripe: null).HeightOf(rows), 0.001);
        (flow.Y - before).ShouldBeGreaterThan(5 * Style.LineHeight);
    }

    [Fact]
    public void What_has_to_stay_together_goes_to_the_next_page_where_room_is_short()
    {
        var flow = new PdfFlow(new PdfDocument("Keep", "en"), _ => { });
        var first = flow.Page;

        flow.Keep(PdfFlow.Bottom - PdfFlow.Top).ShouldBeFalse();
        flow.Y += 1;
        flow.Keep(PdfFlow.Bottom - PdfFlow.Top).ShouldBeTrue();

        flow.Page.ShouldNotBe(first);
        flow.Y.ShouldBe(PdfFlow.Top);
    }

    private static PdfTable Table(int? stripe) =>
        new()
        {
            Columns = [new PdfColumn(0.5, Header: "Name"), new PdfColumn(0.5, TextAlignment.Right, "Amount")],
            Style = Style with { HasTabularFigures = true },
            HeaderStyle = Style with { IsBold = true },
            LineColor = 0x888888,
            StripeColor = stripe,
        };
}
