using Lending.Kernel;

namespace Lending.Applications.Scoring;

/// <summary>
/// Finds what would have to be different for a rule to be passed. Nothing is derived from formulas: each candidate is a run of the decision itself, and what is
/// answered is what passed.
/// </summary>
internal static class CounterfactualSolver
{
    // More than anybody earns in a month; it bounds the search.
    private const decimal HighestIncome = 10_000_000;

    /// <summary>For a rule of affordability: the largest instalment that passes it or, where none does, the smallest income.</summary>
    public static Counterfactual? ForRule(CreditPolicy policy, DecisionInputs inputs, string rule)
    {
        var found = LargestInstalment(policy, inputs, rule) ?? SmallestIncome(policy, inputs, rule);
        return found is null ? null : new([found]);
    }

    /// <summary>
    /// For a characteristic of the card: the smallest improvement of it that gives points enough. Where even the best is too little, what has lost most
    /// beside it has to be the best, too.
    /// </summary>
    public static Counterfactual? ForPoints(CreditPolicy policy, DecisionInputs inputs, string code, IReadOnlyList<string> lost)
    {
        if (!RestsOnInstalment(code))
        {
            foreach (var change in ImprovementsOf(policy, inputs, code))
            {
                if (Passes(policy, change.ApplyTo(inputs), RuleCode.Score))
                {
                    return new([change]);
                }
            }
        }

        List<string> others = [.. lost.Where(other => other != code)];
        for (var count = 0; count <= others.Count; count++)
        {
            var chosen = others.Take(count).Prepend(code).ToList();
            List<CounterfactualChange> changes =
            [
                .. chosen.Where(part => !RestsOnInstalment(part)).Select(part => ImprovementsOf(policy, inputs, part).Last()),
            ];
            var changed = changes.Aggregate(inputs, (present, change) => change.ApplyTo(present));
            if (Passes(policy, changed, RuleCode.Score))
            {
                return new(changes);
            }

            if (chosen.Any(RestsOnInstalment) && LargestInstalment(policy, changed, RuleCode.Score) is { } instalment)
            {
                return new([.. changes, instalment]);
            }
        }

        return null;
    }

    private static bool RestsOnInstalment(string code) => code is CharacteristicCode.DebtService or CharacteristicCode.Reserve;

    /// <summary>What each better bin asks for, the smallest improvement first; of alike ones, what keeps the kind of work.</summary>
    private static IEnumerable<CounterfactualChange> ImprovementsOf(CreditPolicy policy, DecisionInputs inputs, string code)
    {
        var characteristic = policy.Scorecard.Characteristics.Single(part => part.Code == code);
        var present = DecisionEngine.Evaluate(policy, inputs).Score.Characteristics.Single(part => part.Code == code);
        return characteristic
            .Bins.Where(bin => bin.Points > present.Points && !bin.IsForMissing)
            .OrderBy(bin => bin.Points)
            .ThenByDescending(bin => present.Kind is { } kind && bin.Kinds?.Contains(kind) == true)
            .DistinctBy(bin => bin.Points)
            .Select(bin => ChangeTo(code, bin));
    }

    private static CounterfactualChange ChangeTo(string code, Bin bin) =>
        code switch
        {
            CharacteristicCode.BureauClass => new(ChangedFact.BureauClass, bin.AtMost),
            CharacteristicCode.Arrears => new(ChangedFact.Arrears, bin.AtMost),
            CharacteristicCode.OwnShare => new(ChangedFact.OwnShare, bin.AtLeast),
            CharacteristicCode.Employment => new(ChangedFact.Employment, bin.AtLeast ?? 0, bin.Kinds![0]),
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Nobody can change it alone."),
        };

    // Less instalment never makes anything worse, so halving finds the largest one.
    private static CounterfactualChange? LargestInstalment(CreditPolicy policy, DecisionInputs inputs, string rule)
    {
        var unit = Currency.Get(policy.Currency).MinorUnit;
        long low = 0;
        var high = (long)Math.Ceiling(inputs.Instalment / unit) - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Passes(policy, inputs with { Instalment = middle * unit }, rule) ? (middle, high) : (low, middle - 1);
        }

        return low == 0 ? null : new(ChangedFact.Instalment, low * unit);
    }

    // More income never makes anything worse.
    private static CounterfactualChange? SmallestIncome(CreditPolicy policy, DecisionInputs inputs, string rule)
    {
        var unit = Currency.Get(policy.Currency).MinorUnit;
        var low = (long)(inputs.Budget.NetIncome / unit);
        var high = (long)(HighestIncome / unit);
        if (!Passes(policy, With(high), rule))
        {
            return null;
        }

        while (low + 1 < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Passes(policy, With(middle), rule) ? (low, middle) : (middle, high);
        }

        return new(ChangedFact.NetIncome, high * unit);

        DecisionInputs With(long units) => new CounterfactualChange(ChangedFact.NetIncome, units * unit).ApplyTo(inputs);
    }

    private static bool Passes(CreditPolicy policy, DecisionInputs inputs, string rule) =>
        DecisionEngine.Evaluate(policy, inputs).Passes(rule);
}

/// <summary>Changes of inputs.</summary>
public static class CounterfactualChanges
{
    /// <summary>The inputs, with this alone different.</summary>
    public static DecisionInputs ApplyTo(this CounterfactualChange change, DecisionInputs inputs) =>
        change.Fact switch
        {
            ChangedFact.Instalment => inputs with { Instalment = change.Value!.Value },
            ChangedFact.NetIncome => inputs with { Budget = inputs.Budget with { NetIncome = change.Value!.Value } },
            ChangedFact.OwnShare => inputs with { OwnSharePercent = change.Value!.Value },
            ChangedFact.BureauClass => inputs.WithEach(applicant =>
                applicant.Bureau.Class <= change.Value
                    ? applicant
                    : applicant with
                    {
                        Bureau = new BureauAnswer(BureauOutcome.Hit, (int)change.Value!.Value),
                    }
            ),
            ChangedFact.Arrears => inputs.WithEach(applicant =>
                applicant with
                {
                    Arrears = Math.Min(applicant.Arrears, (int)change.Value!.Value),
                }
            ),
            ChangedFact.Employment => inputs with
            {
                Applicants =
                [
                    inputs.Applicants[0] with
                    {
                        Employment = change.Employment!.Value,
                        EmploymentMonths = Math.Max(inputs.Applicants[0].EmploymentMonths, (int)change.Value!.Value),
                    },
                    .. inputs.Applicants.Skip(1),
                ],
            },
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Fact, "There is no such fact."),
        };

    private static DecisionInputs WithEach(this DecisionInputs inputs, Func<ApplicantFacts, ApplicantFacts> change) =>
        inputs with
        {
            Applicants = [.. inputs.Applicants.Select(change)],
        };
}
