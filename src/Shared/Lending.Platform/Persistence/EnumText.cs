using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lending.Platform.Persistence;

/// <summary>Members of an enumeration as columns hold them: written as the API writes them, <c>IN_PERSON</c>.</summary>
public static class EnumText
{
    /// <summary>How one is written.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>All of them, for people to read.</summary>
    public static string NamesOf<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Of));

    /// <summary>One as SQL writes it.</summary>
    public static string Literal<T>(T value)
        where T : struct, Enum => $"'{Of(value)}'";

    /// <summary>All of them as a list in SQL, for the constraint of a column.</summary>
    public static string ListOf<T>()
        where T : struct, Enum => ListOf(Enum.GetValues<T>());

    /// <summary>These as a list in SQL.</summary>
    public static string ListOf<T>(IEnumerable<T> values)
        where T : struct, Enum => string.Join(", ", values.Select(Literal));

    /// <summary>Between entity and column.</summary>
    public sealed class Converter<T>()
        : ValueConverter<T, string>(value => Of(value), text => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), true))
        where T : struct, Enum;
}
