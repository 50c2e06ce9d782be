using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lending.Applications.Data;

/// <summary>Names are stored as the API writes them: IN_REVIEW.</summary>
internal static class UpperCase
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>The name as SQL writes it.</summary>
    public static string Literal<T>(T value)
        where T : struct, Enum => $"'{Of(value)}'";

    /// <summary>All names as SQL lists them.</summary>
    public static string ListOf<T>()
        where T : struct, Enum => ListOf(Enum.GetValues<T>());

    /// <summary>These names as SQL lists them.</summary>
    public static string ListOf<T>(IEnumerable<T> values)
        where T : struct, Enum => string.Join(", ", values.Select(Literal));

    internal sealed class Converter<T>()
        : ValueConverter<T, string>(value => Of(value), text => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), true))
        where T : struct, Enum;
}
