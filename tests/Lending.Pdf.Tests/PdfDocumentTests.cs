using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Lending.Testing;

namespace Lending.Pdf.Tests;

public sealed partial class PdfDocumentTests
{
    private static readonly TextStyle Style = new(10);

    [Theory]
    [InlineData("Łódź")]
    [InlineData("Groß")]
    [InlineData("Ελλάδα")]
    [InlineData("Dvořák")]
    [InlineData("Şahin")]
    [InlineData("Đặng")]
    [InlineData("Жуков")]
    [InlineData("1.234,56€")]
    public void Names_of_many_alphabets_print_and_can_be_copied(string name)
    {
        PdfReader.Words(Page(name)).ShouldBe(name);
        // Something is drawn, and not the sign for what cannot be.
        Darkness(Page(name)).ShouldBeGreaterThan(0);
        Darkness(Page(name)).ShouldNotBe(Darkness(Page(new string(TextStyle.Replacement, name.Length))));
    }

    [Fact]
    public void Accents_that_come_as_characters_of_their_own_are_joined_to_their_letters() =>
        PdfReader.Words(Page("Dvor\u030Ca\u0301k")).ShouldBe("Dvořák");

    [Theory]
    [InlineData("日本", "□□")]
    [InlineData("a🏦b", "a□b")]
    [InlineData("a\u200D\uFEFFb", "ab")]
    [InlineData("one\ttwo", "one two")]
    [InlineData("one\0two", "one two")]
    public void Characters_that_cannot_be_printed_are_replaced_and_harm_nobody(string text, string printed) =>
        PdfReader.Words(Page(text)).ShouldBe(printed);

    [Fact]
    public void Half_a_character_is_replaced() => PdfReader.Words(Page($"a{(char)0xD83D}ř")).ShouldBe("a□ř");

    [Fact]
    public void Every_character_there_is_can_be_drawn()
    {
        var document = new PdfDocument("All", "en");
        var page = document.AddPage();
        for (var first = 0; first <= char.MaxValue; first += 256)
        {
            page.Text(new string([.. Enumerable.Range(first, 256).Select(unit => (char)unit)]), 20, 20 + (first / 100.0), Style);
        }

        var pdf = document.ToBytes();

        PdfReader.Words(pdf).ShouldContain("ЖЗИЙКЛМН");
    }

    [Fact]
    public void The_same_calls_give_the_same_bytes_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var files = new List<byte[]>();
        foreach (var culture in new[] { "en-US", "de-DE", "ar-SA", "tr-TR" })
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            files.Add(Page("Iı 1.234,56"));
        }
        CultureInfo.CurrentCulture = before;

        files.ShouldAllBe(file => file.SequenceEqual(files[0]));
        Page("Iı 1.234,57").ShouldNotBe(files[0]);
    }

    [Fact]
    public void Every_object_is_where_the_table_says_and_every_stream_is_as_long_as_it_says()
    {
        var pdf = Page("Łódź");
        var text = Encoding.Latin1.GetString(pdf);

        var table = int.Parse(StartOfTable().Match(text).Groups["number"].Value, CultureInfo.InvariantCulture);
        text[table..].ShouldStartWith("xref\n0 ");
        var entries = TableEntry().Matches(text[table..]);
        entries.Count.ShouldBeGreaterThan(10);
        text.ShouldContain($"/Size {entries.Count + 1}");
        for (var index = 0; index < entries.Count; index++)
        {
            var offset = int.Parse(entries[index].Groups["number"].Value, CultureInfo.InvariantCulture);
            text[offset..].ShouldStartWith($"{index + 1} 0 obj\n");
        }

        var streams = StreamStart().Matches(text);
        streams.Count.ShouldBe(5, "a page, two fonts and what their glyphs mean");
        foreach (Match stream in streams)
        {
            var start = stream.Index + stream.Length;
            var end = start + int.Parse(stream.Groups["number"].Value, CultureInfo.InvariantCulture);
            text[end..].ShouldStartWith("\nendstream\n");
            using var content = new ZLibStream(new MemoryStream(pdf[start..end]), CompressionMode.Decompress);
            content.CopyTo(Stream.Null);
        }
    }

    [Fact]
    public void Title_language_and_size_are_told()
    {
        var pdf = Page("A");

        PdfReader.Information(pdf).ShouldContain("Title:           Łódź");
        PdfReader.Information(pdf).ShouldContain("(A4)");
        Encoding.Latin1.GetString(pdf).ShouldContain("/Lang <FEFF00640065>");
    }

    [Fact]
    public void Only_the_glyphs_that_are_drawn_are_in_the_file()
    {
        Page("A").Length.ShouldBeLessThan(12_000);
        Page("A").Length.ShouldBeLessThan(Page("ABCDEFGHIJKLMNOPQRSTUVWXYZ").Length - 2_000);
    }

    [Fact]
    public void A_qr_code_shows_its_modules()
    {
        const int ModulePixels = 4;

        var modules = QrCode.ModulesOf("lending:offer");
        var document = new PdfDocument("Code", "en");
        // A pixel is a point at 72 dots an inch.
        document.AddPage().QrCode("lending:offer", 40, 60, ModulePixels * modules.Count);

        var picture = PdfReader.Picture(document.ToBytes(), 1, 72);

        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules.Count; column++)
            {
                var grey = picture[60 + (row * ModulePixels) + 2][40 + (column * ModulePixels) + 2];
                (grey < 128).ShouldBe(modules[row][column], $"row {row}, column {column}");
            }
        }
    }

    private static byte[] Page(string text)
    {
        var document = new PdfDocument("Łódź", "de");
        var page = document.AddPage();
        page.Text(text, 50, 100, Style);
        return document.ToBytes();
    }

    private static int Darkness(byte[] pdf) => PdfReader.Picture(pdf, 1, 72).Sum(row => row.Sum(grey => byte.MaxValue - grey));

    [GeneratedRegex(@"startxref\n(?<number>\d+)\n%%EOF\n$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex StartOfTable();

    [GeneratedRegex(@"(?<number>\d{10}) 00000 n \n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex TableEntry();

    [GeneratedRegex(@"/Length (?<number>\d+)>>\nstream\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex StreamStart();
}
