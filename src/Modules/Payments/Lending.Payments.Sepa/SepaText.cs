using System.Globalization;
using System.Text;

namespace Lending.Payments.Sepa;

/// <summary>Texts as all banks of SEPA take them (EPC217-08): Latin letters without accents, digits, and a few signs.</summary>
public static class SepaText
{
    /// <summary>The longest name.</summary>
    public const int MaximumName = 70;

    /// <summary>The longest text for the other side.</summary>
    public const int MaximumRemittance = 140;

    private const string Signs = "/-?:().,'+ ";

    private static readonly Dictionary<char, string> _letters = new()
    {
        ['ä'] = "ae",
        ['ö'] = "oe",
        ['ü'] = "ue",
        ['Ä'] = "Ae",
        ['Ö'] = "Oe",
        ['Ü'] = "Ue",
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['Æ'] = "Ae",
        ['ø'] = "o",
        ['Ø'] = "O",
        ['ł'] = "l",
        ['Ł'] = "L",
        ['đ'] = "d",
        ['Đ'] = "D",
        ['&'] = "+",
    };

    /// <summary>The text in these characters; what has no like is a dot, so that nothing becomes empty. Cut where it is too long.</summary>
    public static string Of(string text, int maximum)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormC))
        {
            plain.Append(PlainOf(character));
        }
        var trimmed = plain.ToString().Trim();
        return trimmed.Length <= maximum ? trimmed : trimmed[..maximum].TrimEnd();
    }

    private static string PlainOf(char character)
    {
        if (char.IsAsciiLetterOrDigit(character) || Signs.Contains(character, StringComparison.Ordinal))
        {
            return character.ToString();
        }
        if (_letters.TryGetValue(character, out var known))
        {
            return known;
        }
        var letters = string.Concat(
            character
                .ToString()
                .Normalize(NormalizationForm.FormD)
                .Where(part => CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
        );
        return letters.Length > 0 && letters.All(char.IsAsciiLetter) ? letters : ".";
    }
}
