using System.Globalization;
using System.Text.Json;
using FastEndpoints;
using Microsoft.Extensions.Primitives;

namespace Lending.Platform.Http;

/// <summary>
/// How numbers, times and names in a query string are written: as in JSON. FastEndpoints would read them by .NET's rules, by which <c>1,000</c> is
/// a thousand, <c>01.02.2026</c> a date, and <c>ADMIN,CUSTOMER</c> the role whose number is the sum of theirs.
/// </summary>
internal static class QueryValues
{
    public static void Configure(BindingOptions binding)
    {
        binding.ValueParserFor<decimal>(Optional(Number));
        binding.ValueParserFor<decimal?>(Optional(Number));
        binding.ValueParserFor<DateTimeOffset>(Optional(Instant));
        binding.ValueParserFor<DateTimeOffset?>(Optional(Instant));
    }

    /// <summary>The names in a request are known once its type is.</summary>
    public static void ConfigureNames(BindingOptions binding, Type request, JsonSerializerOptions json)
    {
        foreach (var type in request.GetProperties().Select(property => property.PropertyType).Where(IsEnum))
        {
            binding.ValueParserFor(type, texts => Names(texts, type, json));
        }
    }

    // "?amountFrom=" is the same as no amountFrom.
    private static Func<StringValues, ParseResult> Optional(Func<string, ParseResult> parse) =>
        text => StringValues.IsNullOrEmpty(text) ? new ParseResult(true, null) : parse(text.ToString());

    private static ParseResult Number(string text) =>
        new(
            decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var number
            ),
            number
        );

    /// <summary>ISO 8601; without an offset it is UTC.</summary>
    private static ParseResult Instant(string text)
    {
        var instant = default(DateTimeOffset);
        var isInstant =
            text.Length >= "yyyy-MM-dd".Length
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
        return new ParseResult(isInstant, instant);
    }

    private static bool IsEnum(Type type) => (type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    private static ParseResult Names(StringValues names, Type type, JsonSerializerOptions json)
    {
        if (!type.IsArray && StringValues.IsNullOrEmpty(names))
        {
            return new ParseResult(true, null);
        }
        try
        {
            return new ParseResult(
                true,
                JsonSerializer.SerializeToElement<object>(type.IsArray ? names.ToArray() : names.ToString()).Deserialize(type, json)
            );
        }
        catch (JsonException)
        {
            return new ParseResult(false, null);
        }
    }
}
