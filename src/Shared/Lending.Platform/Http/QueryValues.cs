using System.Globalization;
using FastEndpoints;
using Microsoft.Extensions.Primitives;

namespace Lending.Platform.Http;

/// <summary>
/// How numbers and times in a query string are written: as in JSON. FastEndpoints would read them by .NET's rules, by which <c>1,000</c> is a
/// thousand and <c>01.02.2026</c> a date, and in the culture that the machine is set to.
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

    // "?amountFrom=" is the same as no amountFrom.
    private static Func<StringValues, ParseResult> Optional(Func<string, ParseResult> parse) =>
        text => StringValues.IsNullOrEmpty(text) ? new ParseResult(true, null) : parse(text.ToString());

    private static ParseResult Number(string text) =>
        new(
            decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
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
}
