using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Lending.Payments.Sepa;

/// <summary>Reads files of banks: camt.053, camt.054 and pain.002, in any version. They come from outside, so nothing in them is followed or expanded.</summary>
public static class BankFileReader
{
    /// <summary>No file has more characters.</summary>
    public const int MaximumCharacters = 8 * 1024 * 1024;

    /// <summary>No id in it has more.</summary>
    public const int MaximumIdCharacters = 35;

    private const string Namespaces = "urn:iso:std:iso:20022:tech:xsd:";

    private static readonly XmlReaderSettings _settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumCharacters,
        MaxCharactersFromEntities = 0,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="BankFileException">It is none of them, or is broken.</exception>
    public static BankFile Read(string text)
    {
        try
        {
            // Files begin with a mark of their encoding at times, which is none of the text.
            using var characters = new StringReader(text.TrimStart('\uFEFF'));
            using var reader = XmlReader.Create(characters, _settings);
            return Read(XDocument.Load(reader).Root!);
        }
        catch (Exception broken) when (broken is XmlException or FormatException or OverflowException)
        {
            throw new BankFileException("It is no XML of a bank, or something in it cannot be read.", broken);
        }
    }

    private static BankFile Read(XElement document)
    {
        var name = document.Name.NamespaceName;
        if (document.Name.LocalName != "Document" || !name.StartsWith(Namespaces, StringComparison.Ordinal))
        {
            throw new BankFileException("It is no document of ISO 20022.");
        }
        return name[Namespaces.Length..] switch
        {
            var type when type.StartsWith("camt.053.001.", StringComparison.Ordinal) => CamtReader.Read(
                BankFileKind.Statement,
                document.Needed("BkToCstmrStmt"),
                "Stmt"
            ),
            var type when type.StartsWith("camt.054.001.", StringComparison.Ordinal) => CamtReader.Read(
                BankFileKind.Notification,
                document.Needed("BkToCstmrDbtCdtNtfctn"),
                "Ntfctn"
            ),
            var type when type.StartsWith("pain.002.001.", StringComparison.Ordinal) => StatusReportReader.Read(
                document.Needed("CstmrPmtStsRpt")
            ),
            _ => throw new BankFileException("It is none of camt.053, camt.054 and pain.002."),
        };
    }
}

/// <summary>Ways through a document whose elements have one namespace, whichever version it is.</summary>
internal static class BankXml
{
    public static IEnumerable<XElement> All(this XElement? element, string name) => element?.Elements(element.Name.Namespace + name) ?? [];

    /// <summary>What stands at the end of the path; null where something is missing.</summary>
    public static XElement? Find(this XElement? element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = element?.Element(element.Name.Namespace + name);
        }
        return element;
    }

    public static XElement Needed(this XElement element, params ReadOnlySpan<string> path) =>
        element.Find(path) ?? throw new BankFileException($"{path[^1]} is missing.");

    /// <summary>The text at the end of the path; null where there is none.</summary>
    public static string? TextOf(this XElement? element, params ReadOnlySpan<string> path) =>
        element.Find(path)?.Value.Trim() is { Length: > 0 } text ? text : null;

    public static string TextNeeded(this XElement element, params ReadOnlySpan<string> path) =>
        element.TextOf(path) ?? throw new BankFileException($"{path[^1]} is missing.");

    /// <summary>An id at the end of the path; null where there is none. Ids of the standard are short; a longer one is none.</summary>
    public static string? IdOf(this XElement? element, params ReadOnlySpan<string> path) =>
        element.TextOf(path) is not { } id ? null
        : id.Length <= BankFileReader.MaximumIdCharacters ? id
        : throw new BankFileException($"{path[^1]} is too long.");

    public static string IdNeeded(this XElement element, params ReadOnlySpan<string> path) =>
        element.IdOf(path) ?? throw new BankFileException($"{path[^1]} is missing.");

    public static decimal? AmountOf(this XElement? element, params ReadOnlySpan<string> path) =>
        element.TextOf(path) is { } text ? decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    /// <summary>A day, whether it stands alone or with a time.</summary>
    public static DateOnly? DayOf(this XElement? element) =>
        (element.TextOf("Dt") ?? element.TextOf("DtTm")) is { Length: >= 10 } text
            ? DateOnly.ParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
}
