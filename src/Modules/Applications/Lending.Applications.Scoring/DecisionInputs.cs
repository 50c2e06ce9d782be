namespace Lending.Applications.Scoring;

/// <summary>All that a decision rests on, beside the policy.</summary>
public sealed record DecisionInputs
{
    /// <summary>The household.</summary>
    public required HouseholdBudget Budget { get; init; }

    /// <summary>The instalment that is asked for; more than nothing.</summary>
    public required decimal Instalment { get; init; }

    /// <summary>How much of the price is paid without a loan, in percent.</summary>
    public required decimal OwnSharePercent { get; init; }

    /// <summary>
    /// In which country the household lives, by its ISO 3166-1 alpha-2 code: what living costs depends on it, and nothing else. Null where two applicants live in two of
    /// them, and of decisions before it was kept.
    /// </summary>
    public string? Country { get; init; }

    /// <summary>The one or two who apply; who earns most comes first.</summary>
    public required IReadOnlyList<ApplicantFacts> Applicants { get; init; }

    // Between 3 and 4, of doubled classes.
    private const int UnknownClass = 7;

    /// <summary>
    /// What the card asks about. Of two applicants, of class and arrears the worse ones count, and the work of who earns most.
    /// </summary>
    internal Dictionary<string, Fact> Facts(Affordability affordability) =>
        new(StringComparer.Ordinal)
        {
            // Of two, who is unknown is the worse one beside a class of 1 to 3.
            [CharacteristicCode.BureauClass] = new(
                Applicants.Select(applicant => applicant.Bureau.Class).MaxBy(known => known is { } number ? 2 * number : UnknownClass)
            ),
            [CharacteristicCode.DebtService] = new(Affordability.ExactDebtService(Budget, Instalment)),
            [CharacteristicCode.Reserve] = new(affordability.Surplus / Instalment),
            [CharacteristicCode.Employment] = new(Applicants[0].EmploymentMonths, Applicants[0].Employment),
            [CharacteristicCode.Arrears] = new(Applicants.Max(applicant => applicant.Arrears)),
            [CharacteristicCode.OwnShare] = new(OwnSharePercent),
        };
}

/// <summary>What is known of one who applies. Neither age nor name, address or nationality is among it.</summary>
public sealed record ApplicantFacts
{
    /// <summary>What the income comes from.</summary>
    public required Employment Employment { get; init; }

    /// <summary>For how many months.</summary>
    public required int EmploymentMonths { get; init; }

    /// <summary>Payments that failed in the last 12 months.</summary>
    public required int Arrears { get; init; }

    /// <summary>What the credit bureau answered.</summary>
    public required BureauAnswer Bureau { get; init; }
}

/// <summary>What an income comes from.</summary>
public enum Employment
{
    /// <summary>Work without an end.</summary>
    Permanent,

    /// <summary>Work until a day.</summary>
    FixedTerm,

    /// <summary>An own business.</summary>
    SelfEmployed,

    /// <summary>A pension.</summary>
    Pension,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>What a credit bureau answered, without what only identifies.</summary>
/// <param name="Outcome">Whether it knows the person.</param>
/// <param name="Class">1, the best, to 5; null where it knows nothing.</param>
public sealed record BureauAnswer(BureauOutcome Outcome, int? Class);

/// <summary>Whether a credit bureau knows somebody.</summary>
public enum BureauOutcome
{
    /// <summary>It does.</summary>
    Hit,

    /// <summary>It does not.</summary>
    None,

    /// <summary>It may be one or another person.</summary>
    Ambiguous,

    /// <summary>It has not answered.</summary>
    Unavailable,
}
