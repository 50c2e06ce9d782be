namespace Lending.Payments.Sepa;

/// <summary>Structured references of payments (ISO 11649): RF, two check digits, and up to 21 characters that the payee chose.</summary>
public static class CreditorReference
{
    private const string Letters = "RF";
    private const int MaximumOwn = 21;

    /// <summary>The reference around what was chosen, of digits and capital letters.</summary>
    public static string Of(string own) =>
        own.Length is > 0 and <= MaximumOwn && CheckDigits.IsPlain(own)
            ? Letters + CheckDigits.For(Letters, own) + own
            : throw new ArgumentException("It has 1 to 21 digits and capital letters.", nameof(own));

    /// <summary>Whether it is a reference whose check digits fit.</summary>
    public static bool IsValid(string? text) => Normalize(text) is not null;

    /// <summary>The reference without spaces; null where it is none.</summary>
    public static string? Normalize(string? text)
    {
        var plain = CheckDigits.Normalize(text);
        return
            plain.StartsWith(Letters, StringComparison.Ordinal)
            && plain.Length <= 4 + MaximumOwn
            && CheckDigits.HasHead(plain)
            && CheckDigits.IsPlain(plain)
            && CheckDigits.Fit(plain)
            ? plain
            : null;
    }
}
