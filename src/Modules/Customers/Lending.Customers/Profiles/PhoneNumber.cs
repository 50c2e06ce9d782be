using System.Text.RegularExpressions;

namespace Lending.Customers.Profiles;

/// <summary>Phone numbers in the form of E.164: a plus sign, the country code, the number, and nothing else.</summary>
internal static partial class PhoneNumber
{
    /// <summary>The number without separators, or null where it is none.</summary>
    public static string? Normalize(string text)
    {
        // "+49 (0)711 …": the zero in parentheses is dialled only inside the country.
        var number = Separators().Replace(text.Replace("(0)", "", StringComparison.Ordinal), "");
        if (number.StartsWith("00", StringComparison.Ordinal))
        {
            number = $"+{number[2..]}";
        }
        return E164().IsMatch(number) ? number : null;
    }

    [GeneratedRegex(@"[\s().\-/]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex E164();
}
