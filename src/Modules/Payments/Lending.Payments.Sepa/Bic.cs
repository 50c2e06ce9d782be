using System.Text.RegularExpressions;

namespace Lending.Payments.Sepa;

/// <summary>The shape of business identifier codes of banks (ISO 9362): whether a bank has it, only its directory tells.</summary>
public static partial class Bic
{
    /// <summary>Whether it has the shape: four characters, the country's two letters, two characters, and three more for a branch.</summary>
    public static bool IsValid(string? text) => text is not null && Shape().IsMatch(text);

    [GeneratedRegex(@"\A[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Shape();
}
