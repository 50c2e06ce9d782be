using System.Text.RegularExpressions;

namespace Lending.Host.Tests.Telemetry;

/// <summary>Which metrics a query of Prometheus names.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "and", "or", "unless", "offset", "bool" };

    public static IEnumerable<string> MetricsIn(string query)
    {
        var bare = Labels().Replace(Ranges().Replace(Selectors().Replace(Texts().Replace(query, ""), ""), ""), "");
        return Names().Matches(bare).Select(name => name.Value).Where(name => !Words.Contains(name)).Distinct(StringComparer.Ordinal);
    }

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Texts();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Selectors();

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ranges();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Labels();

    // Not a function, which a parenthesis follows, and not a part of a number.
    [GeneratedRegex(@"(?<![\w:.])[a-zA-Z_][\w:]*(?![\w:]|\s*\()", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
