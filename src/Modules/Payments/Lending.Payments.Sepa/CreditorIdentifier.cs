namespace Lending.Payments.Sepa;

/// <summary>
/// Identifiers of creditors for direct debits (EPC262-08): country, check digits, three characters that the creditor may choose and the check leaves out,
/// and the national part.
/// </summary>
public static class CreditorIdentifier
{
    private const int Maximum = 35;
    private const int BusinessCodeStart = 4;
    private const int BusinessCodeEnd = 7;

    /// <summary>Whether the check digits fit.</summary>
    public static bool IsValid(string? text) => Normalize(text) is not null;

    /// <summary>The identifier without spaces; null where it is none.</summary>
    public static string? Normalize(string? text)
    {
        var plain = CheckDigits.Normalize(text);
        return
            plain.Length is > BusinessCodeEnd and <= Maximum
            && CheckDigits.HasHead(plain)
            && CheckDigits.IsPlain(plain)
            && CheckDigits.Fit(plain[..BusinessCodeStart] + plain[BusinessCodeEnd..])
            ? plain
            : null;
    }
}
