using System.Text.RegularExpressions;

namespace Lending.Customers.Profiles;

internal static partial class EmailAddress
{
    /// <summary>Whether this can be an address at all; whether it works, only a message to it can tell.</summary>
    public static bool IsValid(string text) => Shape().IsMatch(text);

    [GeneratedRegex(@"^[^\s@\p{C}]{1,64}@[^\s@.\p{C}]+(\.[^\s@.\p{C}]+)+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
