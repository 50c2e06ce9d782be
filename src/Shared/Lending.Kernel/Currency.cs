using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Lending.Kernel;

/// <summary>A currency of ISO 4217 and the number of decimals its amounts carry. Each code has one instance.</summary>
public sealed record Currency
{
    // ISO 4217 list one, November 2026, without funds codes, metals, bond units and test codes.
    private const string WithoutMinorUnit = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private const string WithTwoDigits = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK
        DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
        KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP
        PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
        USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
        """;

    private const string WithThreeDigits = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly FrozenDictionary<string, Currency> _byCode = Parse(WithoutMinorUnit, 0)
        .Concat(Parse(WithTwoDigits, 2))
        .Concat(Parse(WithThreeDigits, 3))
        .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    private Currency(string code, byte minorUnitDigits)
    {
        Code = code;
        MinorUnitDigits = minorUnitDigits;
        MinorUnit = new decimal(1, 0, 0, isNegative: false, minorUnitDigits);
        Zero = new decimal(0, 0, 0, isNegative: false, minorUnitDigits);
    }

    /// <summary>Every known currency, in no particular order.</summary>
    public static IReadOnlyList<Currency> All => _byCode.Values;

    /// <summary>The three capital letters, such as EUR.</summary>
    public string Code { get; }

    /// <summary>The number of decimals of an amount: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    public int MinorUnitDigits { get; }

    /// <summary>The smallest amount: 0.01 for EUR, 1 for JPY, 0.001 for KWD.</summary>
    public decimal MinorUnit { get; }

    /// <summary>Nothing, in the currency's scale: 0.00 for EUR.</summary>
    public decimal Zero { get; }

    /// <summary>Finds a currency by its code in capital letters; null where there is none.</summary>
    public static Currency? Find(string? code) => TryFind(code, out var currency) ? currency : null;

    /// <summary>Finds a currency by its code in capital letters.</summary>
    public static bool TryFind(string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = null;
        return code is not null && _byCode.TryGetValue(code, out currency);
    }

    /// <summary>The currency of a code that is known to be valid.</summary>
    /// <exception cref="ArgumentException">The code is not a current code of ISO 4217.</exception>
    public static Currency Get(string code) =>
        Find(code) ?? throw new ArgumentException($"'{code}' is not a current ISO 4217 currency code.", nameof(code));

    /// <summary>Rounds half to even to whole minor units; the result carries exactly the currency's decimals (250.00, not 250).</summary>
    public decimal Round(decimal amount) =>
        // Rounding only takes decimals away; adding the scaled zero brings missing ones back.
        decimal.Round(amount, MinorUnitDigits, MidpointRounding.ToEven) + Zero;

    /// <summary>Whether the amount is a whole number of minor units.</summary>
    public bool HasScale(decimal amount) => decimal.Round(amount, MinorUnitDigits, MidpointRounding.ToEven) == amount;

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    private static IEnumerable<Currency> Parse(string codes, byte minorUnitDigits) =>
        codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(code => new Currency(code, minorUnitDigits));
}
