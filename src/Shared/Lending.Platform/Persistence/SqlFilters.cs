namespace Lending.Platform.Persistence;

/// <summary>
/// The filters of a list in SQL: those that the request has a value for. In the braces of a statement, behind a condition, each is one more:
/// <c>AND …</c>
/// </summary>
public sealed class SqlFilters
{
    private readonly List<FormattableString> conditions = [];

    /// <summary>Whether the request has a value for any.</summary>
    public bool Any => conditions.Count > 0;

    internal IReadOnlyList<FormattableString> Conditions => conditions;

    /// <summary>Adds a condition, unless the value is null.</summary>
    public SqlFilters Add<T>(T? value, Func<T, FormattableString> condition)
        where T : struct
    {
        if (value is { } known)
        {
            conditions.Add(condition(known));
        }
        return this;
    }

    /// <inheritdoc cref="Add{T}(T?, Func{T, FormattableString})"/>
    public SqlFilters Add<T>(T? value, Func<T, FormattableString> condition)
        where T : class
    {
        if (value is not null)
        {
            conditions.Add(condition(value));
        }
        return this;
    }

    /// <summary>The text as a pattern of LIKE that matches this very text: the wildcards mean themselves.</summary>
    public static string Literally(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
