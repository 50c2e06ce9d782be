using System.Text.Json;
using System.Text.Json.Serialization;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Terms;

namespace Lending.Loans.Products;

/// <summary>What a version of a product lays down, as it is answered and stored. All amounts are in <c>currency</c>.</summary>
internal abstract record ProductDetails
{
    /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>The smallest amount that is lent.</summary>
    /// <example>2500.00</example>
    public required decimal AmountFrom { get; init; }

    /// <summary>The largest amount that is lent.</summary>
    /// <example>60000.00</example>
    public required decimal AmountTo { get; init; }

    /// <summary>The smallest number of monthly instalments.</summary>
    /// <example>24</example>
    public required int TermMonthsFrom { get; init; }

    /// <summary>The largest number of monthly instalments.</summary>
    /// <example>180</example>
    public required int TermMonthsTo { get; init; }

    /// <summary>The annual rates, by term and amount.</summary>
    public required IReadOnlyList<RateBand> RateBands { get; init; }

    /// <summary>What the customer pays beside principal and interest; null for nothing.</summary>
    public FeeTerms? Fees { get; init; }

    /// <summary>What the dealer keeps of the amount, in percent of it.</summary>
    /// <example>5</example>
    public required decimal DealerFeePercent { get; init; }

    /// <summary>How instalments are computed.</summary>
    /// <example>equal-instalments</example>
    public required string Method { get; init; }

    /// <summary>How days are counted.</summary>
    /// <example>30/360</example>
    public required string DayCount { get; init; }

    /// <summary>How the days of the first period are counted that make no whole month; null: as <c>dayCount</c> says.</summary>
    /// <example>actual/365f</example>
    public string? StubDayCount { get; init; }

    /// <summary>How many months at the start bear interest only.</summary>
    /// <example>0</example>
    public required int InterestOnlyMonths { get; init; }

    /// <summary>Later annual rates, by instalment; one that begins after a loan's last instalment does not concern that loan.</summary>
    public required IReadOnlyList<RateStepTerms> RateSteps { get; init; }

    /// <summary>For how many days after its approval an offer is valid.</summary>
    /// <example>30</example>
    public required int ValidityDays { get; init; }
}

/// <summary>What a version of a product lays down.</summary>
internal sealed record ProductContent : ProductDetails
{
    public static ProductContent Parse(string json) => JsonSerializer.Deserialize(json, ProductJson.Default.ProductContent)!;

    /// <summary>The text that is stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ProductJson.Default.ProductContent);

    [JsonIgnore]
    public LoanFees LoanFees => Fees.With(DealerFeePercent);

    /// <summary>Why loans of some band can never be computed, whatever their amount and term; or null.</summary>
    [JsonIgnore]
    public Error? Obstacle
    {
        get
        {
            // No day is special to the rules.
            var dates = LoanDates.Of(new DateOnly(2026, 1, 1), firstDue: null, today: default);
            return RateBands
                .Select(band => LoanRules.Obstacle(Terms(band, AmountTo, TermMonthsTo, dates)))
                .FirstOrDefault(obstacle => obstacle is not null);
        }
    }

    /// <summary>The terms of a loan of this band.</summary>
    public LoanTerms Terms(RateBand band, decimal amount, int termMonths, LoanDates dates) =>
        new LoanTerms(amount, band.AnnualRatePercent!.Value, termMonths, Kernel.Currency.Get(Currency)).By(
            Method,
            DayCount,
            StubDayCount
        ) with
        {
            InterestOnlyMonths = InterestOnlyMonths,
            RateSteps = [.. RateSteps.Select(step => step.ToRateStep()).Where(step => step.FromInstalment <= termMonths)],
            Fees = LoanFees,
            PayoutDate = dates.Payout,
            FirstDueDate = dates.FirstDue,
        };

    public bool IsSameAs(ProductContent other) => string.Equals(ToJson(), other.ToJson(), StringComparison.Ordinal);
}

/// <summary>How products are stored. Names and forms stay for ever: versions of years ago are read with them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ProductContent))]
internal sealed partial class ProductJson : JsonSerializerContext;
