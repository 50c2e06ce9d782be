using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Lending.Payments.Sepa;

/// <summary>The number of a bank account in a country of SEPA (ISO 13616), as machines write it.</summary>
public sealed record Iban
{
    // The countries of SEPA with the lengths that the registry of ISO 13616 gives, November 2026.
    private static readonly FrozenDictionary<string, int> _lengths = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["AD"] = 24,
        ["AL"] = 28,
        ["AT"] = 20,
        ["BE"] = 16,
        ["BG"] = 22,
        ["CH"] = 21,
        ["CY"] = 28,
        ["CZ"] = 24,
        ["DE"] = 22,
        ["DK"] = 18,
        ["EE"] = 20,
        ["ES"] = 24,
        ["FI"] = 18,
        ["FR"] = 27,
        ["GB"] = 22,
        ["GI"] = 23,
        ["GR"] = 27,
        ["HR"] = 21,
        ["HU"] = 28,
        ["IE"] = 22,
        ["IS"] = 26,
        ["IT"] = 27,
        ["LI"] = 21,
        ["LT"] = 20,
        ["LU"] = 20,
        ["LV"] = 21,
        ["MC"] = 27,
        ["MD"] = 24,
        ["ME"] = 22,
        ["MK"] = 19,
        ["MT"] = 31,
        ["NL"] = 18,
        ["NO"] = 15,
        ["PL"] = 28,
        ["PT"] = 25,
        ["RO"] = 24,
        ["RS"] = 22,
        ["SE"] = 24,
        ["SI"] = 19,
        ["SK"] = 24,
        ["SM"] = 27,
        ["VA"] = 22,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private Iban(string value) => Value = value;

    /// <summary>The number without spaces.</summary>
    public string Value { get; }

    /// <summary>The number as lists show it: the country with its check digits, and the last four characters.</summary>
    public string Masked => Mask(Value);

    /// <summary>The number as people write it: in groups of four characters.</summary>
    public string Grouped => string.Join(' ', Value.Chunk(4).Select(group => new string(group)));

    /// <summary>Masks a number that is known to be one.</summary>
    public static string Mask(string iban) => $"{iban[..4]}…{iban[^4..]}";

    /// <summary>Whether it is an account number of SEPA; written with spaces and in small letters as well.</summary>
    public static bool IsValid(string? text) => TryParse(text, out _);

    /// <summary>Reads an account number.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Iban? iban)
    {
        var plain = CheckDigits.Normalize(text);
        iban =
            CheckDigits.HasHead(plain)
            && CheckDigits.IsPlain(plain)
            && _lengths.TryGetValue(plain[..2], out var length)
            && plain.Length == length
            && CheckDigits.Fit(plain)
                ? new Iban(plain)
                : null;
        return iban is not null;
    }

    /// <summary>The number of a text that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Iban Parse(string text) => TryParse(text, out var iban) ? iban : throw new FormatException("It is not an IBAN of SEPA.");

    /// <summary>The number of an account in a country around the bank's own, of digits and capital letters.</summary>
    /// <exception cref="FormatException">The country has no such numbers.</exception>
    public static Iban Of(string country, string own) => Parse(country + CheckDigits.For(country, own) + own);

    /// <summary>Masked, so that nobody logs it.</summary>
    public override string ToString() => Masked;
}
