using System.Text;

namespace Lending.Pdf;

/// <summary>A TrueType font (OpenType 1.9, with glyf outlines): which glyph a character has, and how wide it is.</summary>
internal sealed class TrueTypeFont
{
    private readonly TrueTypeFile file;
    private readonly Dictionary<int, ushort> glyphs = [];
    private readonly ushort[] basicGlyphs = new ushort[char.MaxValue + 1];
    private readonly ushort[] tabularForms;
    private readonly int[] widths;
    private readonly int unitsPerEm;

    public TrueTypeFont(byte[] bytes)
    {
        file = new TrueTypeFile(bytes);
        unitsPerEm = file.UInt16(file.Table("head") + 18);
        GlyphCount = file.UInt16(file.Table("maxp") + 4);
        widths = ReadWidths();
        ReadCharacterMap();
        tabularForms = ReadTabularForms();
    }

    public int GlyphCount { get; }

    // In thousandths of the font size, as PDF counts.
    public int Ascent => Thousandths(file.Int16(file.Table("hhea") + 4));

    public int Descent => Thousandths(file.Int16(file.Table("hhea") + 6));

    public int CapHeight => Thousandths(file.Int16(file.Table("OS/2") + 88));

    public int[] Box => [.. Enumerable.Range(0, 4).Select(side => Thousandths(file.Int16(file.Table("head") + 36 + (2 * side))))];

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

    /// <summary>A font file that has outlines for these glyphs only, under their old numbers.</summary>
    public byte[] Subset(IEnumerable<ushort> wanted) => new TrueTypeSubset(file, GlyphCount).Write(wanted);

    /// <summary>The glyph's form for columns, where all figures are equally wide; the glyph itself where it has no other.</summary>
    public ushort TabularFormOf(ushort glyph) => tabularForms[glyph];

    private int[] ReadWidths()
    {
        var longMetrics = file.UInt16(file.Table("hhea") + 34);
        return
        [
            .. Enumerable
                .Range(0, GlyphCount)
                .Select(glyph => Thousandths(file.UInt16(file.Table("hmtx") + (4 * Math.Min(glyph, longMetrics - 1))))),
        ];
    }

    // The one encoding that covers all of Unicode: platform 3, encoding 10, format 12.
    private void ReadCharacterMap()
    {
        var map = file.Table("cmap");
        var entry = Enumerable
            .Range(0, file.UInt16(map + 2))
            .Select(index => map + 4 + (8 * index))
            .First(at => file.UInt16(at) == 3 && file.UInt16(at + 2) == 10);
        var groups = map + file.Int32(entry + 4) + 12;
        for (var group = groups + 4; group < groups + 4 + (12 * file.Int32(groups)); group += 12)
        {
            var first = file.Int32(group);
            for (var character = first; character <= file.Int32(group + 4); character++)
            {
                var glyph = (ushort)(file.Int32(group + 8) + character - first);
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
        var substitutions = file.Table("GSUB");
        var features = substitutions + file.UInt16(substitutions + 6);
        var lookups = substitutions + file.UInt16(substitutions + 8);
        var feature = Enumerable
            .Range(0, file.UInt16(features))
            .Select(index => features + 2 + (6 * index))
            .First(at => file.Tag(at) == "tnum");
        var lookup = lookups + file.UInt16(lookups + 2 + (2 * file.UInt16(features + file.UInt16(feature + 4) + 4)));
        var single = lookup + file.UInt16(lookup + 6);
        var coverage = single + file.UInt16(single + 2);
        for (var index = 0; index < file.UInt16(coverage + 2); index++)
        {
            forms[file.UInt16(coverage + 4 + (2 * index))] = file.UInt16(single + 6 + (2 * index));
        }
        return forms;
    }

    private int Thousandths(int units) => (int)Math.Round(units * 1000m / unitsPerEm, MidpointRounding.AwayFromZero);
}
