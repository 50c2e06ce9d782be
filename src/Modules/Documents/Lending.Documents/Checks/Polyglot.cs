using System.Buffers.Binary;

namespace Lending.Documents.Checks;

/// <summary>Finds files that are two things at once: what one program takes for a picture, another one would run or unpack.</summary>
internal static class Polyglot
{
    private const int EndOfZipBytes = 22;

    private static readonly byte[][] Markup =
    [
        .. new[] { "<html", "<script", "<svg", "<!doctype", "<?php" }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>Whether the file is something else, too.</summary>
    /// <param name="format">What it is.</param>
    /// <param name="head">Its beginning.</param>
    /// <param name="tail">Its end.</param>
    public static bool IsOne(FileFormat format, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail) =>
        // Readers of PDF look for this in the first kilobyte.
        (format != FileFormat.Pdf && head.IndexOf("%PDF-"u8) >= 0)
        || HasMarkup(head)
        || EndsAsZip(tail);

    private static bool HasMarkup(ReadOnlySpan<byte> head)
    {
        var lower = new byte[head.Length];
        for (var index = 0; index < head.Length; index++)
        {
            lower[index] = head[index] is >= (byte)'A' and <= (byte)'Z' ? (byte)(head[index] | 0x20) : head[index];
        }
        foreach (var text in Markup)
        {
            if (lower.AsSpan().IndexOf(text) >= 0)
            {
                return true;
            }
        }
        return false;
    }

    // The record at the end of an archive tells how long the comment behind it is, and a record of four bytes alone could come by chance.
    private static bool EndsAsZip(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.LastIndexOf("PK\u0005\u0006"u8); at >= 0; at = tail[..at].LastIndexOf("PK\u0005\u0006"u8))
        {
            if (
                tail.Length - at >= EndOfZipBytes
                && BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) <= tail.Length - at - EndOfZipBytes
            )
            {
                return true;
            }
        }
        return false;
    }
}
