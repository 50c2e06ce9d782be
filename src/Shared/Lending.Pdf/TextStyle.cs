using System.Globalization;
using System.Text;

namespace Lending.Pdf;

/// <summary>How text looks, and how much room it takes.</summary>
/// <param name="Size">The font size, in points.</param>
/// <param name="Color">Red, green and blue, as in 0x1B2A38.</param>
/// <param name="IsBold">Bold instead of regular.</param>
/// <param name="HasTabularFigures">All figures equally wide, for numbers in columns.</param>
public readonly record struct TextStyle(double Size, int Color = 0, bool IsBold = false, bool HasTabularFigures = false)
{
    /// <summary>What is printed for a character that the typeface lacks.</summary>
    public const char Replacement = '\u25A1';

    /// <summary>From one line to the next, in points.</summary>
    public double LineHeight => Math.Round(Size * 1.42, 2);

    /// <summary>From the top of a line to where its letters stand, in points.</summary>
    public double BaselineOffset => Math.Round((LineHeight + (Size * Font.CapHeight / 1000)) / 2, 2);

    internal TrueTypeFont Font => IsBold ? InterTypeface.Bold : InterTypeface.Regular;

    /// <summary>How wide the text is, in points.</summary>
    public double Measure(string text) => Measure(Composed(text).AsSpan());

    /// <summary>The text in lines that are no wider than this, broken at spaces, or inside a word that is too wide by itself.</summary>
    public IReadOnlyList<string> Wrap(string text, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in Composed(text).ReplaceLineEndings("\n").Split('\n'))
        {
            WrapLine(paragraph, width, lines);
        }
        return lines;
    }

    /// <summary>This style, or a smaller size in which the text is no wider than this.</summary>
    public TextStyle ShrunkToFit(string text, double width) =>
        Measure(text) is var needed && needed > width ? this with { Size = Math.Floor(Size * width / needed * 100) / 100 } : this;

    /// <summary>The glyphs of a text and the characters they stand for; whatever the text holds, this does not fail.</summary>
    internal GlyphEnumerator GlyphsOf(ReadOnlySpan<char> text) => new(this, text);

    /// <summary>The text with letters and their accents as one character where there is one, as the typeface places no accents.</summary>
    internal static string Composed(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }
        try
        {
            return text.Normalize();
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair; it is printed as a replacement.
            return text;
        }
    }

    private double Measure(ReadOnlySpan<char> text)
    {
        var font = Font;
        var width = 0;
        foreach (var (glyph, _) in GlyphsOf(text))
        {
            width += font.WidthOf(glyph);
        }
        return width * Size / 1000;
    }

    private void WrapLine(string text, double width, List<string> lines)
    {
        var start = 0;
        // Where the line can end so far, and where the word after that begins.
        var end = 0;
        for (var space = text.IndexOf(' ', StringComparison.Ordinal); ; space = text.IndexOf(' ', space + 1))
        {
            var wordEnd = space < 0 ? text.Length : space;
            if (Measure(text.AsSpan(start, wordEnd - start)) > width)
            {
                if (end > start)
                {
                    lines.Add(text[start..end]);
                    start = end + 1;
                }
                while (Measure(text.AsSpan(start, wordEnd - start)) > width && wordEnd - start > 1)
                {
                    var fitting = start + Math.Max(1, CharactersThatFit(text.AsSpan(start, wordEnd - start), width));
                    lines.Add(text[start..fitting]);
                    start = fitting;
                }
            }
            end = wordEnd;
            if (space < 0)
            {
                lines.Add(text[start..]);
                return;
            }
        }
    }

    private int CharactersThatFit(ReadOnlySpan<char> text, double width)
    {
        var fitting = 0;
        var used = 0.0;
        foreach (var character in text.EnumerateRunes())
        {
            used += Measure(text.Slice(fitting, character.Utf16SequenceLength));
            if (used > width)
            {
                break;
            }
            fitting += character.Utf16SequenceLength;
        }
        return fitting;
    }

    /// <summary>Walks over a text glyph by glyph.</summary>
    internal ref struct GlyphEnumerator(TextStyle style, ReadOnlySpan<char> text)
    {
        private readonly TrueTypeFont font = style.Font;
        private readonly bool isTabular = style.HasTabularFigures;
        private SpanRuneEnumerator characters = text.EnumerateRunes();

        public (ushort Glyph, Rune Character) Current { get; private set; }

        public readonly GlyphEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (characters.MoveNext())
            {
                var character = characters.Current;
                switch (Rune.GetUnicodeCategory(character))
                {
                    // Joiners, byte order marks and the like are seen nowhere.
                    case UnicodeCategory.Format:
                        continue;
                    case UnicodeCategory.Control:
                        character = new Rune(' ');
                        break;
                }
                if (!font.TryGetGlyph(character, out var glyph))
                {
                    character = new Rune(Replacement);
                    font.TryGetGlyph(character, out glyph);
                }
                if (isTabular)
                {
                    glyph = font.TabularFormOf(glyph);
                }
                Current = (glyph, character);
                return true;
            }
            return false;
        }
    }
}
