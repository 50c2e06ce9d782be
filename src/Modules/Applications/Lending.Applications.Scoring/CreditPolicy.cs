using System.Text.Json;

namespace Lending.Applications.Scoring;

/// <summary>By what is decided: data, so that it can be kept with the decision. The version changes with anything in it.</summary>
public sealed record CreditPolicy
{
    /// <summary>What it is called.</summary>
    public required string Version { get; init; }

    /// <summary>The code of the currency of its amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>What living costs at least, in whatever country there is no table of its own for.</summary>
    public required LumpSums LumpSums { get; init; }

    /// <summary>
    /// What living costs at least in each country, by its ISO 3166-1 alpha-2 code; null: <see cref="LumpSums"/> holds everywhere. Where a household lives in a country that
    /// is not among them, a person decides.
    /// </summary>
    public IReadOnlyDictionary<string, LumpSums>? LumpSumsByCountry { get; init; }

    /// <summary>What has to be left in a month.</summary>
    public required decimal MinimumSurplus { get; init; }

    /// <summary>How much of the income may go to lenders, as a fraction.</summary>
    public required decimal MaximumDebtService { get; init; }

    /// <summary>
    /// By how many percent an offer may grow above what its application was approved for, until that is assessed anew (Art. 18 of Directive (EU) 2023/2225); null: not at
    /// all.
    /// </summary>
    public decimal? GrowthPercentWithoutReassessment { get; init; }

    /// <summary>What counts how much.</summary>
    public required Scorecard Scorecard { get; init; }

    /// <summary>The fewest points that are approved.</summary>
    public required int ApproveFromPoints { get; init; }

    /// <summary>The fewest points that a person looks at; with less, it is refused.</summary>
    public required int ReviewFromPoints { get; init; }

    /// <summary>
    /// What is decided by until an organisation has a policy of its own. The card is made up and calibrated with nothing; address, age, name and nationality
    /// count nothing in it.
    /// </summary>
    public static CreditPolicy Standard { get; } =
        new()
        {
            Version = "standard-2026-1",
            Currency = "EUR",
            LumpSums = new()
            {
                Version = "DE-2026-1",
                FirstAdult = 800,
                FurtherAdult = 300,
                Child = 200,
                Car = 150,
            },
            MinimumSurplus = 200,
            MaximumDebtService = 0.40m,
            ApproveFromPoints = 560,
            ReviewFromPoints = 530,
            Scorecard = new()
            {
                Version = "card-2026-1",
                Intercept = 440,
                Scale = new(BaseScore: 600, BaseOdds: 50, PointsToDouble: 20),
                Characteristics =
                [
                    new(
                        CharacteristicCode.BureauClass,
                        [
                            new(60) { AtMost = 1 },
                            new(48) { AtMost = 2 },
                            new(30) { AtMost = 3 },
                            new(30) { IsForMissing = true },
                            new(12) { AtMost = 4 },
                            new(0),
                        ]
                    ),
                    new(
                        CharacteristicCode.DebtService,
                        [
                            new(40) { AtMost = 0.10m },
                            new(32) { AtMost = 0.20m },
                            new(20) { AtMost = 0.30m },
                            new(8) { AtMost = 0.40m },
                            new(0),
                        ]
                    ),
                    new(
                        CharacteristicCode.Reserve,
                        [new(40) { AtLeast = 4 }, new(30) { AtLeast = 2 }, new(18) { AtLeast = 1 }, new(8) { AtLeast = 0.5m }, new(0)]
                    ),
                    new(
                        CharacteristicCode.Employment,
                        [
                            new(30) { Kinds = [Employment.Permanent], AtLeast = 24 },
                            new(30) { Kinds = [Employment.Pension] },
                            new(20) { Kinds = [Employment.Permanent] },
                            new(20) { Kinds = [Employment.SelfEmployed], AtLeast = 36 },
                            new(8) { Kinds = [Employment.FixedTerm] },
                            new(0),
                        ]
                    ),
                    new(CharacteristicCode.Arrears, [new(20) { AtMost = 0 }, new(6) { AtMost = 1 }, new(0)]),
                    new(CharacteristicCode.OwnShare, [new(10) { AtLeast = 20 }, new(6) { AtLeast = 10 }, new(0)]),
                ],
            },
        };

    /// <summary>What living costs at least in this country; null where the policy does not know.</summary>
    public LumpSums? LumpSumsIn(string? country) =>
        LumpSumsByCountry is null ? LumpSums
        : country is null ? null
        : LumpSumsByCountry.GetValueOrDefault(country);

    /// <summary>Whether it is no more than was approved, in all or in a month, or so little more that it is not significant.</summary>
    public bool Covers(decimal approved, decimal asked) => asked <= approved * (1 + (GrowthPercentWithoutReassessment ?? 0) / 100);

    /// <summary>What was kept.</summary>
    public static CreditPolicy Parse(string json) =>
        JsonSerializer.Deserialize<CreditPolicy>(json, StoredJson.Options) ?? throw new JsonException("A policy is kept as an object.");

    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StoredJson.Options);
}

/// <summary>The codes of what counts; stable.</summary>
public static class CharacteristicCode
{
    /// <summary>The class that a credit bureau gives, 1 the best.</summary>
    public const string BureauClass = "BUREAU_CLASS";

    /// <summary>How much of the income goes to lenders.</summary>
    public const string DebtService = "DEBT_SERVICE";

    /// <summary>How many times the instalment is left.</summary>
    public const string Reserve = "RESERVE";

    /// <summary>What the income comes from, and for how many months.</summary>
    public const string Employment = "EMPLOYMENT";

    /// <summary>Payments that failed in the last 12 months.</summary>
    public const string Arrears = "ARREARS";

    /// <summary>How much of the price is paid without a loan, in percent.</summary>
    public const string OwnShare = "OWN_SHARE";
}
