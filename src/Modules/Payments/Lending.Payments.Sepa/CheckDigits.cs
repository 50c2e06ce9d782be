namespace Lending.Payments.Sepa;

/// <summary>The check digits of ISO 7064, MOD 97-10, which account numbers, references and creditor identifiers share: places 3 and 4.</summary>
internal static class CheckDigits
{
    /// <summary>Whether the digits fit. The text has four characters at least, of digits and capital letters.</summary>
    public static bool Fit(string text) => Remainder(text[4..] + text[..4]) == 1;

    /// <summary>The two digits for what begins with these letters and goes on so.</summary>
    public static string For(string letters, string rest) => $"{98 - Remainder(rest + letters + "00"):00}";

    /// <summary>Whether it is written in digits and capital letters alone, as all of these are.</summary>
    public static bool IsPlain(string text) => text.All(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character));

    /// <summary>Whether it begins with two letters and two digits.</summary>
    public static bool HasHead(string text) =>
        text.Length > 4
        && char.IsAsciiLetterUpper(text[0])
        && char.IsAsciiLetterUpper(text[1])
        && char.IsAsciiDigit(text[2])
        && char.IsAsciiDigit(text[3]);

    /// <summary>The text as machines write it: in capital letters, without spaces.</summary>
    public static string Normalize(string? text) =>
        string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character))).ToUpperInvariant();

    // A letter stands for two digits: A is 10, Z is 35.
    private static int Remainder(string text) =>
        text.Aggregate(
            0,
            (rest, character) =>
                char.IsAsciiDigit(character) ? (rest * 10 + character - '0') % 97 : (rest * 100 + character - 'A' + 10) % 97
        );
}
