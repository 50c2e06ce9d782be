using System.Globalization;
using System.Net.Http.Headers;
using Lending.Kernel;

namespace Lending.Pdf;

/// <summary>
/// How a language writes numbers, dates and money in documents. Given here and not taken from the machine's culture data, so that a document looks the
/// same everywhere.
/// </summary>
public sealed class DocumentLanguage
{
    /// <summary>Keeps what belongs together on one line.</summary>
    public const char NoBreakSpace = '\u00A0';

    private static readonly string[] EnglishMonths =
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];

    private readonly NumberFormatInfo numbers;
    private readonly string percentSign;

    private DocumentLanguage(string code, string point, string group, string percentSign)
    {
        Code = code;
        this.percentSign = percentSign;
        numbers = new() { NumberDecimalSeparator = point, NumberGroupSeparator = group };
    }

    /// <summary>English.</summary>
    public static DocumentLanguage English { get; } = new("en", ".", ",", "%");

    /// <summary>German.</summary>
    public static DocumentLanguage German { get; } = new("de", ",", ".", $"{NoBreakSpace}%");

    /// <summary>The words in this language. Both stand side by side, so that none is forgotten.</summary>
    public string Say(string english, string german) => this == German ? german : english;

    /// <summary>The languages that documents exist in, the default first.</summary>
    public static IReadOnlyList<DocumentLanguage> All { get; } = [English, German];

    /// <summary>The language as in <c>de</c> (BCP 47).</summary>
    public string Code { get; }

    /// <summary>What a reader's <c>Accept-Language</c> (RFC 9110, 12.5.4) likes best of those there are; the default where it is none of them.</summary>
    public static DocumentLanguage For(string? acceptLanguage) =>
        (acceptLanguage ?? "")
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(range => StringWithQualityHeaderValue.TryParse(range, out var liked) ? liked : null)
            .OfType<StringWithQualityHeaderValue>()
            .Where(range => range.Quality != 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => range.Value == "*" ? All[0] : All.FirstOrDefault(language => language.Matches(range.Value)))
            .FirstOrDefault(language => language is not null)
        ?? All[0];

    /// <summary>How many months it is.</summary>
    public string Months(int count) =>
        (this == German, count) switch
        {
            (true, 1) => $"1{NoBreakSpace}Monat",
            (true, _) => $"{count}{NoBreakSpace}Monate",
            (false, 1) => $"1{NoBreakSpace}month",
            (false, _) => $"{count}{NoBreakSpace}months",
        };

    /// <summary>An amount with its currency.</summary>
    public string Money(decimal amount, Currency currency)
    {
        var sign = currency.Code switch
        {
            "EUR" => "€",
            "GBP" => "£",
            "JPY" => "¥",
            "USD" => "$",
            var code => code,
        };
        return this == German ? Amount(amount, currency) + NoBreakSpace + sign
            : sign == currency.Code ? sign + NoBreakSpace + Amount(amount, currency)
            : sign + Amount(amount, currency);
    }

    /// <summary>An amount without its currency, with all of the currency's decimals.</summary>
    public string Amount(decimal amount, Currency currency) =>
        amount.ToString($"N{currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture)}", numbers);

    /// <summary>A rate with all of its decimals and at least two, or in another pattern.</summary>
    public string Percent(decimal percent, string pattern = "0.00####") => Number(percent, pattern) + percentSign;

    /// <summary>A number in a pattern.</summary>
    public string Number(decimal value, string pattern) => value.ToString(pattern, numbers);

    /// <summary>A day in a sentence.</summary>
    public string LongDate(DateOnly date) =>
        this == German ? ShortDate(date) : $"{date.Day}{NoBreakSpace}{EnglishMonths[date.Month - 1]}{NoBreakSpace}{date.Year}";

    /// <summary>A day in a table.</summary>
    public string ShortDate(DateOnly date) =>
        this == German
            ? date.ToString("dd'.'MM'.'yyyy", CultureInfo.InvariantCulture)
            : $"{date.Day}{NoBreakSpace}{EnglishMonths[date.Month - 1][..3]}{NoBreakSpace}{date.Year}";

    /// <summary>Which page it is of how many.</summary>
    public string Page(int number, int count) => this == German ? $"Seite {number} von {count}" : $"Page {number} of {count}";

    // "de" is what "de-AT" asks for, too.
    private bool Matches(string range) =>
        range.StartsWith(Code, StringComparison.OrdinalIgnoreCase) && (range.Length == Code.Length || range[Code.Length] == '-');
}
