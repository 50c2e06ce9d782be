namespace Lending.Platform.Persistence;

/// <summary>The filters of a list in SQL: those that the request has a value for.</summary>
public sealed class SqlFilters
{
    /// <summary>The end of a statement, behind its last condition: <c>AND …</c> for each.</summary>
    public FormattableString Conditions { get; private set; } = $"";

    /// <summary>Whether the request has a value for any.</summary>
    public bool Any { get; private set; }

    /// <summary>Adds a condition, unless the value is null.</summary>
    public SqlFilters Add<T>(T? value, Func<T, FormattableString> condition)
        where T : struct => value is { } known ? Add(condition(known)) : this;

    /// <inheritdoc cref="Add{T}(T?, Func{T, FormattableString})"/>
    public SqlFilters Add<T>(T? value, Func<T, FormattableString> condition)
        where T : class => value is null ? this : Add(condition(value));

    /// <summary>Adds a condition, unless there is no text or an empty one.</summary>
    public SqlFilters Add(string? value, Func<string, FormattableString> condition) =>
        string.IsNullOrEmpty(value) ? this : Add(condition(value));

    /// <summary>The text as a pattern of LIKE that matches this very text: the wildcards mean themselves.</summary>
    public static string Literally(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);

    private SqlFilters Add(FormattableString condition)
    {
        Any = true;
        Conditions = $"{Conditions} AND {condition}";
        return this;
    }
}
