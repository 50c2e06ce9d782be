using System.Buffers.Binary;
using System.Text;

namespace Lending.Pdf;

/// <summary>A TrueType font file (OpenType 1.9, with glyf outlines): which glyph a character has, how wide it is, and a copy with few glyphs.</summary>
internal sealed class TrueTypeFont
{
    private const int HeadChecksumAdjustment = 8;

    // What a PDF viewer needs to draw glyphs by number; tables that a font lacks are left out.
    private static readonly string[] SubsetTables = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly byte[] file;
    private readonly Dictionary<string, Range> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ushort> glyphs = [];
    private readonly ushort[] basicGlyphs = new ushort[char.MaxValue + 1];
    private readonly ushort[] tabularForms;
    private readonly int[] widths;
    private readonly int unitsPerEm;

    public TrueTypeFont(byte[] file)
    {
        this.file = file;
        for (var entry = 12; entry < 12 + (16 * UInt16(4)); entry += 16)
        {
            var offset = Int32(entry + 8);
            tables.Add(Encoding.ASCII.GetString(file, entry, 4), offset..(offset + Int32(entry + 12)));
        }
        unitsPerEm = UInt16(Table("head") + 18);
        GlyphCount = UInt16(Table("maxp") + 4);
        widths = ReadWidths();
        ReadCharacterMap();
        tabularForms = ReadTabularForms();
    }

    public int GlyphCount { get; }

    // In thousandths of the font size, as PDF counts.
    public int Ascent => Thousandths(Int16(Table("hhea") + 4));

    public int Descent => Thousandths(Int16(Table("hhea") + 6));

    public int CapHeight => Thousandths(Int16(Table("OS/2") + 88));

    public int[] Box => [.. Enumerable.Range(0, 4).Select(side => Thousandths(Int16(Table("head") + 36 + (2 * side))))];

    /// <summary>How far a glyph moves the pen, in thousandths of the font size.</summary>
    public int WidthOf(ushort glyph) => widths[glyph];

    /// <summary>The glyph of a character; false where the font has none.</summary>
    public bool TryGetGlyph(Rune character, out ushort glyph)
    {
        if (character.IsBmp)
        {
            glyph = basicGlyphs[character.Value];
            return glyph != 0;
        }
        return glyphs.TryGetValue(character.Value, out glyph);
    }

    /// <summary>The glyph's form for columns, where all figures are equally wide; the glyph itself where it has no other.</summary>
    public ushort TabularFormOf(ushort glyph) => tabularForms[glyph];

    /// <summary>A font file that has outlines for these glyphs only, under their old numbers.</summary>
    public byte[] Subset(IEnumerable<ushort> wanted)
    {
        var kept = WithComponents(wanted);
        var outlines = new MemoryStream();
        var locations = new byte[sizeof(int) * (GlyphCount + 1)];
        var metrics = file[tables["hmtx"]];
        var longMetrics = UInt16(Table("hhea") + 34);
        for (var glyph = 0; glyph < GlyphCount; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(locations.AsSpan(sizeof(int) * glyph), (int)outlines.Length);
            if (kept.Contains((ushort)glyph))
            {
                outlines.Write(file.AsSpan(OutlineOf(glyph)));
                outlines.SetLength((outlines.Length + 3) & ~3);
                outlines.Position = outlines.Length;
            }
            else if (glyph < longMetrics)
            {
                // Zeroes compress well, and nobody asks how wide an absent glyph is.
                metrics.AsSpan(4 * glyph, 4).Clear();
            }
        }
        BinaryPrimitives.WriteInt32BigEndian(locations.AsSpan(sizeof(int) * GlyphCount), (int)outlines.Length);
        var head = file[tables["head"]];
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        return Assemble([
            .. SubsetTables
                .Where(tables.ContainsKey)
                .Select(tag =>
                    (
                        tag,
                        tag switch
                        {
                            "glyf" => outlines.ToArray(),
                            "head" => head,
                            "hmtx" => metrics,
                            "loca" => locations,
                            _ => file[tables[tag]],
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
            if (!kept.Add(glyph) || outline.Start.Value == outline.End.Value || Int16(outline.Start.Value) >= 0)
            {
                continue;
            }
            var component = outline.Start.Value + 10;
            int flags;
            do
            {
                flags = UInt16(component);
                open.Push(UInt16(component + 2));
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
        var hasLongLocations = Int16(Table("head") + 50) != 0;
        return Location(glyph)..Location(glyph + 1);

        int Location(int index) =>
            Table("glyf") + (hasLongLocations ? Int32(Table("loca") + (4 * index)) : 2 * UInt16(Table("loca") + (2 * index)));
    }

    private int[] ReadWidths()
    {
        var longMetrics = UInt16(Table("hhea") + 34);
        return
        [
            .. Enumerable.Range(0, GlyphCount).Select(glyph => Thousandths(UInt16(Table("hmtx") + (4 * Math.Min(glyph, longMetrics - 1))))),
        ];
    }

    // The one encoding that covers all of Unicode: platform 3, encoding 10, format 12.
    private void ReadCharacterMap()
    {
        var map = Table("cmap");
        var entry = Enumerable
            .Range(0, UInt16(map + 2))
            .Select(index => map + 4 + (8 * index))
            .First(at => UInt16(at) == 3 && UInt16(at + 2) == 10);
        var groups = map + Int32(entry + 4) + 12;
        for (var group = groups + 4; group < groups + 4 + (12 * Int32(groups)); group += 12)
        {
            var first = Int32(group);
            for (var character = first; character <= Int32(group + 4); character++)
            {
                var glyph = (ushort)(Int32(group + 8) + character - first);
                if (character <= char.MaxValue)
                {
                    basicGlyphs[character] = glyph;
                }
                else
                {
                    glyphs.Add(character, glyph);
                }
            }
        }
    }

    // The feature "tnum": a single substitution (lookup type 1, format 2) with a listed coverage (format 1).
    private ushort[] ReadTabularForms()
    {
        var forms = new ushort[GlyphCount];
        for (var glyph = 0; glyph < forms.Length; glyph++)
        {
            forms[glyph] = (ushort)glyph;
        }
        var substitutions = Table("GSUB");
        var features = substitutions + UInt16(substitutions + 6);
        var lookups = substitutions + UInt16(substitutions + 8);
        var feature = Enumerable
            .Range(0, UInt16(features))
            .Select(index => features + 2 + (6 * index))
            .First(at => Encoding.ASCII.GetString(file, at, 4) == "tnum");
        var lookup = lookups + UInt16(lookups + 2 + (2 * UInt16(features + UInt16(feature + 4) + 4)));
        var single = lookup + UInt16(lookup + 6);
        var coverage = single + UInt16(single + 2);
        for (var index = 0; index < UInt16(coverage + 2); index++)
        {
            forms[UInt16(coverage + 4 + (2 * index))] = UInt16(single + 6 + (2 * index));
        }
        return forms;
    }

    private int Table(string tag) => tables[tag].Start.Value;

    private int Thousandths(int units) => (int)Math.Round(units * 1000m / unitsPerEm, MidpointRounding.AwayFromZero);

    private short Int16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private int Int32(int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
}
