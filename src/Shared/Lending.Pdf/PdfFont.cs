using System.Security.Cryptography;
using System.Text;

namespace Lending.Pdf;

/// <summary>A font as one document uses it: remembers the glyphs that were drawn and embeds no others (ISO 32000-1, 9.7).</summary>
internal sealed class PdfFont(TrueTypeFont font, string name)
{
    // Which character each glyph was drawn for; zero where it was not drawn.
    private readonly Rune[] used = new Rune[font.GlyphCount];

    /// <summary>Adds the text as glyph numbers.</summary>
    public void AddGlyphs(PdfOutput content, string text, TextStyle style)
    {
        content.Add("<"u8);
        foreach (var (glyph, character) in style.GlyphsOf(text))
        {
            used[glyph] = character;
            content.AddHex(glyph);
        }
        content.Add(">"u8);
    }

    public void Write(PdfFile file, int id)
    {
        var glyphs = Enumerable.Range(0, used.Length).Where(glyph => used[glyph] != default).Select(glyph => (ushort)glyph).ToArray();
        var program = font.Subset(glyphs);
        // A subset's name begins with six letters of its own (ISO 32000-1, 9.6.4); these come from what is in it.
        var tag = string.Concat(SHA256.HashData(program).Take(6).Select(value => (char)('A' + (value % 26))));
        var fullName = $"{tag}+{name}";
        var (descendant, descriptor, fontFile, characters) = (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
        file.Write(
            id,
            body =>
                body.Add($"<</Type/Font/Subtype/Type0/BaseFont/{fullName}/Encoding/Identity-H/DescendantFonts[")
                    .Add(descendant)
                    .Add(" 0 R]/ToUnicode "u8)
                    .Add(characters)
                    .Add(" 0 R>>"u8)
        );
        file.Write(
            descendant,
            body =>
            {
                body.Add(
                        $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{fullName}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                    )
                    .Add("/CIDToGIDMap/Identity/FontDescriptor "u8)
                    .Add(descriptor)
                    .Add(" 0 R/W["u8);
                foreach (var glyph in glyphs)
                {
                    body.Add(glyph).Add("["u8).Add(font.WidthOf(glyph)).Add("]"u8);
                }
                body.Add("]>>"u8);
            }
        );
        file.Write(
            descriptor,
            body =>
            {
                body.Add($"<</Type/FontDescriptor/FontName/{fullName}/Flags 4/ItalicAngle 0/StemV 80/FontBBox[");
                foreach (var side in font.Box)
                {
                    body.Add((double)side);
                }
                body.Add("]/Ascent "u8).Add(font.Ascent).Add("/Descent "u8).Add(font.Descent).Add("/CapHeight "u8).Add(font.CapHeight);
                body.Add("/FontFile2 "u8).Add(fontFile).Add(" 0 R>>"u8);
            }
        );
        file.WriteStream(fontFile, $"/Length1 {program.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)}", program);
        file.WriteStream(characters, "", CharacterMap(glyphs).Written);
    }

    // Which character each glyph stands for, so that text can be searched and copied.
    private PdfOutput CharacterMap(ushort[] glyphs)
    {
        const int LongestBlock = 100;

        var map = new PdfOutput()
            .Add("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"u8)
            .Add("/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"u8)
            .Add("1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"u8);
        Span<char> units = stackalloc char[2];
        foreach (var block in glyphs.Chunk(LongestBlock))
        {
            map.Add(block.Length).Add(" beginbfchar\n"u8);
            foreach (var glyph in block)
            {
                map.Add("<"u8).AddHex(glyph).Add("><"u8);
                foreach (var unit in units[..used[glyph].EncodeToUtf16(units)])
                {
                    map.AddHex(unit);
                }
                map.Add(">\n"u8);
            }
            map.Add("endbfchar\n"u8);
        }
        return map.Add("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"u8);
    }
}
