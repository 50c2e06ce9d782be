namespace Lending.Applications.Scoring;

/// <summary>What a policy says to inputs. The same policy and the same inputs give the same decision for ever.</summary>
public sealed record CreditDecision
{
    /// <summary>The policy's version.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>The version of the table of expenses.</summary>
    public required string LumpSumsVersion { get; init; }

    /// <summary>The card's version.</summary>
    public required string ScorecardVersion { get; init; }

    /// <summary>What comes of it.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Whether the household can pay.</summary>
    public required Affordability Affordability { get; init; }

    /// <summary>The points.</summary>
    public required Score Score { get; init; }

    /// <summary>All rules, whether they were passed or not.</summary>
    public required IReadOnlyList<RuleResult> Rules { get; init; }

    /// <summary>Why it was not approved: at most four, what weighs most first.</summary>
    public required IReadOnlyList<DecisionReason> Reasons { get; init; }

    /// <summary>Whether the applicants pass this rule.</summary>
    public bool Passes(string rule) => Rules.Single(result => result.Rule == rule).IsPassed;
}

/// <summary>What comes of an application where nobody looks at it.</summary>
public enum DecisionOutcome
{
    /// <summary>It is approved.</summary>
    Approve,

    /// <summary>A person decides.</summary>
    Review,

    /// <summary>It is refused.</summary>
    Refuse,
}

/// <summary>A rule, and whether it was passed.</summary>
/// <param name="Rule">One of <see cref="RuleCode"/>.</param>
/// <param name="IsPassed">Whether it was.</param>
public sealed record RuleResult(string Rule, bool IsPassed);

/// <summary>The codes of rules; stable.</summary>
public static class RuleCode
{
    /// <summary>Enough is left in a month.</summary>
    public const string Surplus = "SURPLUS";

    /// <summary>Not too much of the income goes to lenders.</summary>
    public const string Dsti = "DSTI";

    /// <summary>There are enough points.</summary>
    public const string Score = "SCORE";

    /// <summary>The credit bureau answered, and means this person.</summary>
    public const string Bureau = "BUREAU";

    /// <summary>It is known what living costs in the household's country. Asked where a policy has tables by country.</summary>
    public const string Country = "COUNTRY";
}

/// <summary>Why an application was not approved.</summary>
/// <param name="Code">A rule, a characteristic of the card, <c>BUREAU_UNAVAILABLE</c>, <c>BUREAU_AMBIGUOUS</c> or <c>COUNTRY_UNKNOWN</c>; stable.</param>
/// <param name="Rule">The rule that was not passed because of it.</param>
/// <param name="LostPoints">For a characteristic, what is missing to its most points.</param>
/// <param name="Counterfactual">What would have to be different for the rule to be passed; null where nothing of the applicants' would do.</param>
public sealed record DecisionReason(string Code, string Rule, int? LostPoints, Counterfactual? Counterfactual)
{
    /// <summary>The credit bureau has not answered.</summary>
    public const string BureauUnavailable = "BUREAU_UNAVAILABLE";

    /// <summary>The credit bureau does not know which person is meant.</summary>
    public const string BureauAmbiguous = "BUREAU_AMBIGUOUS";

    /// <summary>Nobody has said what living costs in the household's country.</summary>
    public const string CountryUnknown = "COUNTRY_UNKNOWN";
}

/// <summary>What would have to be different, all of it, for a rule to be passed; the solver has run the decision with it.</summary>
/// <param name="Changes">The changes; most often one.</param>
public sealed record Counterfactual(IReadOnlyList<CounterfactualChange> Changes);

/// <summary>Something that would have to be different.</summary>
/// <param name="Fact">What.</param>
/// <param name="Value">At most so much of instalment, class and arrears; at least so much of income, months and own share.</param>
/// <param name="Employment">What the income would have to come from, where it matters.</param>
public sealed record CounterfactualChange(ChangedFact Fact, decimal? Value, Employment? Employment = null);

/// <summary>What a counterfactual can change.</summary>
public enum ChangedFact
{
    /// <summary>The instalment, to this much or less.</summary>
    Instalment,

    /// <summary>The net income, to this much or more.</summary>
    NetIncome,

    /// <summary>The class of the credit bureau, to this one or a better one.</summary>
    BureauClass,

    /// <summary>The work, to this kind, for so many months or more.</summary>
    Employment,

    /// <summary>Payments that failed, to so many or fewer.</summary>
    Arrears,

    /// <summary>The own share, to so many percent or more.</summary>
    OwnShare,
}
