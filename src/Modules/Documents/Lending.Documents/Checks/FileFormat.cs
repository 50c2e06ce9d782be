namespace Lending.Documents.Checks;

/// <summary>What a file is, by its first bytes.</summary>
internal enum FileFormat
{
    /// <summary>A PDF document.</summary>
    Pdf,

    /// <summary>A JPEG picture.</summary>
    Jpeg,

    /// <summary>A PNG picture.</summary>
    Png,

    /// <summary>A WebP picture.</summary>
    Webp,
}

/// <summary>The formats that are taken, and what names and types are right for each.</summary>
internal static class FileFormats
{
    private static readonly Dictionary<FileFormat, (string MediaType, string[] Extensions)> Known = new()
    {
        [FileFormat.Pdf] = ("application/pdf", [".pdf"]),
        [FileFormat.Jpeg] = ("image/jpeg", [".jpg", ".jpeg"]),
        [FileFormat.Png] = ("image/png", [".png"]),
        [FileFormat.Webp] = ("image/webp", [".webp"]),
    };

    /// <summary>What begins like this; null for anything that is not taken.</summary>
    public static FileFormat? Of(ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF-"u8) ? FileFormat.Pdf
        : head is [0xFF, 0xD8, 0xFF, ..] ? FileFormat.Jpeg
        : head is [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] ? FileFormat.Png
        : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8) ? FileFormat.Webp
        : null;

    /// <summary>The format's media type.</summary>
    public static string MediaType(this FileFormat format) => Known[format].MediaType;

    /// <summary>Whether a file of this format may be called so.</summary>
    public static bool Fits(this FileFormat format, string fileName) =>
        Known[format].Extensions.Contains(Path.GetExtension(fileName), StringComparer.OrdinalIgnoreCase);
}
