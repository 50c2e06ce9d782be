using System.Buffers.Binary;
using System.Text;

namespace Lending.Pdf;

/// <summary>Writes a font file that has outlines for few glyphs only, under their old numbers.</summary>
internal sealed class TrueTypeSubset(TrueTypeFile file, int glyphCount)
{
    private const int HeadChecksumAdjustment = 8;

    // What a PDF viewer needs to draw glyphs by number; tables that a font lacks are left out.
    private static readonly string[] SubsetTables = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    public byte[] Write(IEnumerable<ushort> wanted)
    {
        var kept = WithComponents(wanted);
        var outlines = new MemoryStream();
        var locations = new byte[sizeof(int) * (glyphCount + 1)];
        var metrics = file.Copy("hmtx");
        var longMetrics = file.UInt16(file.Table("hhea") + 34);
        for (var glyph = 0; glyph < glyphCount; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(locations.AsSpan(sizeof(int) * glyph), (int)outlines.Length);
            if (kept.Contains((ushort)glyph))
            {
                outlines.Write(file.Span(OutlineOf(glyph)));
                outlines.SetLength((outlines.Length + 3) & ~3);
                outlines.Position = outlines.Length;
            }
            else if (glyph < longMetrics)
            {
                // Zeroes compress well, and nobody asks how wide an absent glyph is.
                metrics.AsSpan(4 * glyph, 4).Clear();
            }
        }
        BinaryPrimitives.WriteInt32BigEndian(locations.AsSpan(sizeof(int) * glyphCount), (int)outlines.Length);
        var head = file.Copy("head");
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        return Assemble([
            .. SubsetTables
                .Where(file.Has)
                .Select(tag =>
                    (
                        tag,
                        tag switch
                        {
                            "glyf" => outlines.ToArray(),
                            "head" => head,
                            "hmtx" => metrics,
                            "loca" => locations,
                            _ => file.Copy(tag),
                        }
                    )
                ),
        ]);
    }

    private static byte[] Assemble(List<(string Tag, byte[] Data)> parts)
    {
        var offset = 12 + (16 * parts.Count);
        var result = new byte[offset + parts.Sum(part => (part.Data.Length + 3) & ~3)];
        var log2 = (int)Math.Log2(parts.Count);
        BinaryPrimitives.WriteInt32BigEndian(result, 0x00010000);
        BinaryPrimitives.WriteInt16BigEndian(result.AsSpan(4), (short)parts.Count);
        BinaryPrimitives.WriteInt16BigEndian(result.AsSpan(6), (short)(16 << log2));
        BinaryPrimitives.WriteInt16BigEndian(result.AsSpan(8), (short)log2);
        BinaryPrimitives.WriteInt16BigEndian(result.AsSpan(10), (short)((16 * parts.Count) - (16 << log2)));
        var headOffset = 0;
        for (var index = 0; index < parts.Count; index++)
        {
            var (tag, data) = parts[index];
            if (tag == "head")
            {
                headOffset = offset;
                data.AsSpan(HeadChecksumAdjustment, 4).Clear();
            }
            data.CopyTo(result, offset);
            var padded = (data.Length + 3) & ~3;
            var entry = result.AsSpan(12 + (16 * index), 16);
            Encoding.ASCII.GetBytes(tag, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], ChecksumOf(result.AsSpan(offset, padded)));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], data.Length);
            offset += padded;
        }
        BinaryPrimitives.WriteUInt32BigEndian(
            result.AsSpan(headOffset + HeadChecksumAdjustment),
            unchecked(0xB1B0AFBA - ChecksumOf(result))
        );
        return result;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> data)
    {
        var sum = 0u;
        for (; data.Length >= 4; data = data[4..])
        {
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(data));
        }
        return sum;
    }

    // Accented letters are often composed of other glyphs, which must come along.
    private HashSet<ushort> WithComponents(IEnumerable<ushort> wanted)
    {
        const int ArgumentsAreWords = 0x0001;
        const int HasScale = 0x0008;
        const int HasMoreComponents = 0x0020;
        const int HasTwoScales = 0x0040;
        const int HasMatrix = 0x0080;

        var kept = new HashSet<ushort> { 0 };
        var open = new Stack<ushort>(wanted);
        while (open.TryPop(out var glyph))
        {
            var outline = OutlineOf(glyph);
            if (!kept.Add(glyph) || outline.Start.Value == outline.End.Value || file.Int16(outline.Start.Value) >= 0)
            {
                continue;
            }
            var component = outline.Start.Value + 10;
            int flags;
            do
            {
                flags = file.UInt16(component);
                open.Push(file.UInt16(component + 2));
                component += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2);
                component += (flags & (HasScale | HasTwoScales | HasMatrix)) switch
                {
                    HasScale => 2,
                    HasTwoScales => 4,
                    HasMatrix => 8,
                    _ => 0,
                };
            } while ((flags & HasMoreComponents) != 0);
        }
        return kept;
    }

    private Range OutlineOf(int glyph)
    {
        var hasLongLocations = file.Int16(file.Table("head") + 50) != 0;
        return Location(glyph)..Location(glyph + 1);

        int Location(int index) =>
            file.Table("glyf")
            + (hasLongLocations ? file.Int32(file.Table("loca") + (4 * index)) : 2 * file.UInt16(file.Table("loca") + (2 * index)));
    }
}
