using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Lending.Documents.Checks;

/// <summary>
/// What the reader of PDF may unpack while it looks for a document's objects: packed in the one way that programs pack them in, and not endlessly. Pages and
/// pictures are not unpacked at all.
/// </summary>
internal sealed class UnpackedWithinLimits : IFilterProvider, IFilter
{
    // Of objects, not of pictures; a statement of a bank has some hundred kilobytes.
    private const long MaximumBytes = 64 * 1024 * 1024;

    // A header of zlib's, which DeflateStream does not know.
    private const int HeaderBytes = 2;

    private readonly FlateFilter flate = new();
    private long left = MaximumBytes;

    /// <summary>Whether there was more than that; the reader may have gone on nevertheless.</summary>
    public bool HasExceeded { get; private set; }

    /// <inheritdoc />
    public bool IsSupported => true;

    /// <inheritdoc />
    public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
    {
        Measure(input);
        return flate.Decode(input, streamDictionary, filterProvider, filterIndex);
    }

    /// <inheritdoc />
    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) =>
        dictionary.TryGet(NameToken.Filter, out var filter)
            ? filter switch
            {
                NameToken name => GetNamedFilters([name]),
                ArrayToken names => GetNamedFilters([.. names.Data.OfType<NameToken>()]),
                _ => throw new NotSupportedException("This is no name of a filter."),
            }
            : [];

    /// <inheritdoc />
    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) =>
        names.All(name => name.Data is "FlateDecode" or "Fl")
            ? [.. names.Select(_ => this)]
            : throw new NotSupportedException("Objects are packed in a way that is not usual.");

    /// <inheritdoc />
    public IReadOnlyList<IFilter> GetAllFilters() => [this];

    // Unpacked twice, as the library's filter knows no limit.
    private void Measure(Memory<byte> input)
    {
        if (input.Length <= HeaderBytes)
        {
            return;
        }
        using var packed = new MemoryStream(input[HeaderBytes..].ToArray(), writable: false);
        using var unpacked = new DeflateStream(packed, CompressionMode.Decompress);
        Span<byte> buffer = new byte[64 * 1024];
        try
        {
            for (var count = 1; count > 0; left -= count)
            {
                if (left < 0)
                {
                    HasExceeded = true;
                    throw new InvalidDataException("There is too much in it.");
                }
                count = unpacked.Read(buffer);
            }
        }
        catch (InvalidDataException) when (!HasExceeded)
        {
            // It is damaged; the library keeps what came before, which is within the limit.
        }
    }
}
