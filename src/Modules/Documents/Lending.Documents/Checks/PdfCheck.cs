using System.Text;
using Lending.Kernel;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace Lending.Documents.Checks;

/// <summary>
/// Refuses PDF documents that are encrypted, that do something by themselves, or that have files in them. It looks at every object, also at those in packed
/// streams, and for the names in the file as it stands: a reader that repairs the file could find objects that are in no table.
/// </summary>
internal static class PdfCheck
{
    private const int MostObjects = 200_000;
    private const int EndMarkWithin = 1024;

    // What runs, starts, opens, sends or brings along something. Forms of XFA have their scripts in XML.
    private static readonly string[] Active =
    [
        "JavaScript",
        "JS",
        "XFA",
        "Launch",
        "GoToR",
        "GoToE",
        "SubmitForm",
        "ImportData",
        "EmbeddedFile",
        "EmbeddedFiles",
        "RichMedia",
    ];

    // In a file that is packed, a few letters come by chance.
    private static readonly byte[][] ActiveAsWritten =
    [
        .. Active.Where(name => name.Length > 5).Select(name => Encoding.ASCII.GetBytes($"/{name}")),
    ];

    /// <summary>Why it is refused, or null.</summary>
    public static Error? FindObstacle(byte[] file)
    {
        if (file.AsSpan(Math.Max(0, file.Length - EndMarkWithin)).IndexOf("%%EOF"u8) < 0)
        {
            return FileErrors.Unreadable;
        }
        if (ActiveAsWritten.Any(name => file.AsSpan().IndexOf(name) >= 0))
        {
            return FileErrors.Active;
        }
        var filters = new UnpackedWithinLimits();
        try
        {
            using var document = PdfDocument.Open(file, new ParsingOptions { FilterProvider = filters });
            return document.IsEncrypted ? FileErrors.Encrypted
                : document.NumberOfPages == 0 ? FileErrors.Unreadable
                : filters.HasExceeded || document.Structure.CrossReferenceTable.ObjectOffsets.Count > MostObjects ? FileErrors.TooComplex
                : HasActive(document.Structure) ? FileErrors.Active
                : filters.HasExceeded ? FileErrors.TooComplex
                : null;
        }
        catch (PdfDocumentEncryptedException)
        {
            return FileErrors.Encrypted;
        }
        // Whatever the library says of a file that it cannot read, it says of the file.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return filters.HasExceeded ? FileErrors.TooComplex : FileErrors.Unreadable;
        }
    }

    private static bool HasActive(Structure structure)
    {
        var open = new Stack<IToken>();
        foreach (var reference in structure.CrossReferenceTable.ObjectOffsets.Keys.ToList())
        {
            open.Push(structure.GetObject(reference).Data);
            while (open.TryPop(out var token))
            {
                switch (token)
                {
                    case NameToken name when IsActive(name.Data):
                        return true;
                    case StreamToken stream:
                        open.Push(stream.StreamDictionary);
                        break;
                    case ArrayToken array:
                        Push(array.Data);
                        break;
                    case DictionaryToken dictionary:
                        if (dictionary.Data.Keys.Any(IsActive))
                        {
                            return true;
                        }
                        Push(dictionary.Data.Values);
                        break;
                }
            }
        }
        return false;

        void Push(IEnumerable<IToken> tokens)
        {
            foreach (var token in tokens)
            {
                open.Push(token);
            }
        }
    }

    private static bool IsActive(string name) => Active.Contains(name, StringComparer.Ordinal);
}
