using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace Lending.Testing;

/// <summary>Reads PDF files as somebody else's program sees them: poppler's command-line tools.</summary>
public static class PdfReader
{
    /// <summary>A word, and where it stands: points from the page's top left corner.</summary>
    public sealed record Word(int Page, string Text, double Left, double Top, double Right, double Bottom);

    /// <summary>The text of each page, laid out as it is seen.</summary>
    public static IReadOnlyList<string> Pages(byte[] pdf) =>
        // A form feed ends each page.
        Text("pdftotext", pdf, "-layout", "-", "-").Split('\f')[..^1];

    /// <summary>All text in reading order, with one space between words.</summary>
    public static string Words(byte[] pdf) =>
        string.Join(' ', Text("pdftotext", pdf, "-", "-").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>All words and where they stand.</summary>
    public static IReadOnlyList<Word> Places(byte[] pdf)
    {
        var html = XDocument.Parse(Text("pdftotext", pdf, "-bbox", "-", "-"));
        XNamespace space = "http://www.w3.org/1999/xhtml";
        return
        [
            .. html.Descendants(space + "page")
                .SelectMany(
                    (page, index) =>
                        page.Elements(space + "word")
                            .Select(word => new Word(
                                index + 1,
                                word.Value,
                                Number(word, "xMin"),
                                Number(word, "yMin"),
                                Number(word, "xMax"),
                                Number(word, "yMax")
                            ))
                ),
        ];
    }

    /// <summary>The names of the typefaces that some text is set in.</summary>
    public static IReadOnlyList<string> FontsUsed(byte[] pdf)
    {
        var document = XDocument.Parse(Text("pdftohtml", pdf, "-xml", "-stdout", "-i", "-fontfullname", "-", "unused"));
        var families = document
            .Descendants("fontspec")
            .ToDictionary(font => font.Attribute("id")!.Value, font => font.Attribute("family")!.Value);
        return [.. document.Descendants("text").Select(text => families[text.Attribute("font")!.Value]).Distinct()];
    }

    /// <summary>Title, page count and the like, as <c>Title: Offer</c> in lines.</summary>
    public static string Information(byte[] pdf) => Text("pdfinfo", pdf, "-");

    /// <summary>A page in greys: rows from the top of bytes from the left, 0 for black.</summary>
    public static byte[][] Picture(byte[] pdf, int page, int dotsPerInch)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var resolution = dotsPerInch.ToString(CultureInfo.InvariantCulture);
        // PGM: "P5", width, height and the largest grey, each followed by one space or line end; then the bytes.
        ReadOnlySpan<byte> image = Run("pdftoppm", pdf, "-gray", "-r", resolution, "-f", number, "-l", number);
        var header = new string[4];
        for (var index = 0; index < header.Length; index++)
        {
            var end = image.IndexOfAny(" \n"u8);
            header[index] = System.Text.Encoding.ASCII.GetString(image[..end]);
            image = image[(end + 1)..];
        }
        var width = int.Parse(header[1], CultureInfo.InvariantCulture);
        var pixels = image.ToArray();
        return [.. Enumerable.Range(0, pixels.Length / width).Select(row => pixels[(row * width)..((row + 1) * width)])];
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static string Text(string program, byte[] input, params string[] arguments) =>
        System.Text.Encoding.UTF8.GetString(Run(program, input, arguments));

    private static byte[] Run(string program, byte[] input, params string[] arguments)
    {
        OtherPrograms.Need(program, "poppler-utils");
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = new MemoryStream();
        var copy = process.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        copy.GetAwaiter().GetResult();
        process.WaitForExit();
        // poppler mends broken files silently, but it says so.
        var complaints = errors.GetAwaiter().GetResult();
        return process.ExitCode == 0 && complaints.Length == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {complaints}");
    }
}
