using Lending.Kernel;

namespace Lending.Applications.Scoring;

/// <summary>
/// What makes a policy one that can be decided by and explained: each characteristic once, in bins of which the last one takes everybody, better ones first. The solver
/// of counterfactuals relies on it.
/// </summary>
public static class CreditPolicyRules
{
    /// <summary>The most characters of a version.</summary>
    public const int MostCharacters = 40;

    private const int MostBins = 20;
    private const int MostGrowthPercent = 25;
    private const int MostCountries = 50;
    private const int MostPoints = 1_000;
    private const decimal HighestAmount = 1_000_000;

    // What has to be small to be good, and what large.
    private static readonly string[] _small = [CharacteristicCode.BureauClass, CharacteristicCode.DebtService, CharacteristicCode.Arrears];
    private static readonly string[] _large = [CharacteristicCode.Reserve, CharacteristicCode.OwnShare];

    /// <summary>All that counts.</summary>
    public static IReadOnlyList<string> Characteristics { get; } = [.. _small, .. _large, CharacteristicCode.Employment];

    /// <summary>Everything that is wrong, with its path; nothing for a policy that can be used.</summary>
    public static IEnumerable<PolicyFault> FaultsOf(CreditPolicy policy)
    {
        if (!IsName(policy.Version))
        {
            yield return new("version", $"A version has 1 to {MostCharacters} characters.");
        }
        if (Currency.Find(policy.Currency) is null)
        {
            yield return new("currency", "This is no ISO 4217 currency code.");
        }
        if (!IsAmount(policy.MinimumSurplus))
        {
            yield return new("minimumSurplus", $"It is between 0 and {HighestAmount:0}.");
        }
        if (policy.MaximumDebtService is < 0 or > 1)
        {
            yield return new("maximumDebtService", "It is a fraction between 0 and 1.");
        }
        if (policy.GrowthPercentWithoutReassessment is < 0 or > MostGrowthPercent)
        {
            yield return new("growthPercentWithoutReassessment", $"It is between 0 and {MostGrowthPercent} percent.");
        }
        if (policy.ReviewFromPoints > policy.ApproveFromPoints)
        {
            yield return new("reviewFromPoints", "Nobody looks at more points than are approved.");
        }
        if (policy.LumpSumsByCountry is { } tables && (tables.Count is 0 or > MostCountries || !tables.Keys.All(Country.IsKnown)))
        {
            yield return new(
                "lumpSumsByCountry",
                $"There are 1 to {MostCountries} countries, by their ISO 3166-1 alpha-2 codes in capital letters."
            );
        }
        var ofCountries = (policy.LumpSumsByCountry ?? new Dictionary<string, LumpSums>())
            .Where(table => Country.IsKnown(table.Key))
            .SelectMany(table => FaultsOf(table.Value, $"lumpSumsByCountry.{table.Key}"));
        foreach (var fault in FaultsOf(policy.LumpSums, "lumpSums").Concat(ofCountries).Concat(FaultsOf(policy.Scorecard)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<PolicyFault> FaultsOf(LumpSums? sums, string path)
    {
        if (sums is null || !IsName(sums.Version))
        {
            yield return new($"{path}.version", $"A version has 1 to {MostCharacters} characters.");
            yield break;
        }
        foreach (
            var (name, amount) in (IEnumerable<(string, decimal)>)
                [("firstAdult", sums.FirstAdult), ("furtherAdult", sums.FurtherAdult), ("child", sums.Child), ("car", sums.Car)]
        )
        {
            if (!IsAmount(amount))
            {
                yield return new($"{path}.{name}", $"It is between 0 and {HighestAmount:0}.");
            }
        }
    }

    private static IEnumerable<PolicyFault> FaultsOf(Scorecard? card)
    {
        if (card is null || !IsName(card.Version))
        {
            yield return new("scorecard.version", $"A version has 1 to {MostCharacters} characters.");
            yield break;
        }
        if (!IsPoints(card.Intercept))
        {
            yield return new("scorecard.intercept", $"Points are between -{MostPoints} and {MostPoints}.");
        }
        if (card.Scale is not { BaseScore: > 0 and <= MostPoints, BaseOdds: > 0 and <= 10_000, PointsToDouble: > 0 and <= MostPoints })
        {
            yield return new("scorecard.scale", "Base score, base odds and the points that double the odds are more than 0.");
        }
        var codes = (card.Characteristics ?? []).Select(characteristic => characteristic?.Code ?? "").Order(StringComparer.Ordinal);
        if (!codes.SequenceEqual(Characteristics.Order(StringComparer.Ordinal)))
        {
            yield return new("scorecard.characteristics", $"Each of these is named once: {string.Join(", ", Characteristics)}.");
            yield break;
        }
        foreach (var (index, characteristic) in card.Characteristics!.Index())
        {
            if (FaultOf(characteristic) is { } fault)
            {
                yield return new($"scorecard.characteristics[{index}].bins", fault);
            }
        }
    }

    private static string? FaultOf(Characteristic characteristic)
    {
        var bins = characteristic.Bins;
        if (bins is not { Count: > 0 and <= MostBins } || bins.Any(bin => bin is null || !IsPoints(bin.Points)))
        {
            return $"There are 1 to {MostBins} bins, with points between -{MostPoints} and {MostPoints}.";
        }
        if (bins[^1] is not { AtMost: null, AtLeast: null, Kinds: null, IsForMissing: false })
        {
            return "The last bin takes everybody.";
        }
        var known = bins.SkipLast(1).Where(bin => !bin.IsForMissing).ToList();
        if (known.Append(bins[^1]).Zip(known.Append(bins[^1]).Skip(1)).Any(pair => pair.First.Points < pair.Second.Points))
        {
            return "Better bins come first: no bin has more points than one before it.";
        }
        var missing = bins.Where(bin => bin.IsForMissing).ToList();
        if (missing.Any(bin => bin is not { AtMost: null, AtLeast: null, Kinds: null }) || missing.Count > 1)
        {
            return "A bin for what is not known says nothing else, and there is at most one.";
        }
        if (missing.Any(bin => bin.Points < bins[^1].Points || bin.Points > known.Append(bins[^1]).First().Points))
        {
            return "The bin for what is not known has no fewer points than the last one, and no more than the first.";
        }
        if (bins.Any(bin => bin.AtMost > HighestAmount || bin.AtLeast > HighestAmount))
        {
            return $"What a bin takes is {HighestAmount:0} at most.";
        }
        if (characteristic.Code == CharacteristicCode.Employment)
        {
            return known.TrueForAll(bin => bin is { AtMost: null, AtLeast: null or >= 0, Kinds.Count: > 0 }) && missing.Count == 0
                ? null
                : "Each bin but the last names kinds of employment, and perhaps at least how many months.";
        }
        return _small.Contains(characteristic.Code)
            ? known.TrueForAll(bin => bin is { AtMost: >= 0, AtLeast: null, Kinds: null })
            && IsRising(known.Select(bin => bin.AtMost!.Value))
                ? null
                : "Each bin but the last says what it takes at most, the smallest first."
            : known.TrueForAll(bin => bin is { AtMost: null, AtLeast: >= 0, Kinds: null })
            && IsRising(known.Select(bin => -bin.AtLeast!.Value))
                ? null
                : "Each bin but the last says what it takes at least, the largest first.";
    }

    private static bool IsRising(IEnumerable<decimal> values) => values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second);

    private static bool IsName(string? text) => text is { Length: > 0 and <= MostCharacters };

    private static bool IsAmount(decimal amount) => amount is >= 0 and <= HighestAmount;

    private static bool IsPoints(int points) => points is >= -MostPoints and <= MostPoints;
}

/// <summary>Something that is wrong with a policy.</summary>
/// <param name="Path">Where, as in its JSON.</param>
/// <param name="Message">What.</param>
public sealed record PolicyFault(string Path, string Message);
