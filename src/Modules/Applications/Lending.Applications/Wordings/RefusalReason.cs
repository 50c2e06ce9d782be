namespace Lending.Applications.Wordings;

/// <summary>
/// Why a person refuses. It is told to the customer, so each has a text. What is no fault of theirs is not among it: that a bureau did not answer or confuses people, or
/// that nobody has said what living costs in a country.
/// </summary>
internal enum RefusalReason
{
    /// <summary>Too little is left in a month.</summary>
    Surplus,

    /// <summary>Too much of the income goes to lenders.</summary>
    Dsti,

    /// <summary>The bureau's class. Only where it gave one.</summary>
    BureauClass,

    /// <summary>How much of the income goes to lenders costs points.</summary>
    DebtService,

    /// <summary>What is left, measured by the instalment, costs points.</summary>
    Reserve,

    /// <summary>The kind or duration of the work.</summary>
    Employment,

    /// <summary>Payments that failed.</summary>
    Arrears,

    /// <summary>How much of the price is paid without a loan.</summary>
    OwnShare,

    /// <summary>What was stated is not proved well enough.</summary>
    EvidenceMissing,

    /// <summary>What was stated and what proves it contradict each other.</summary>
    EvidenceContradictory,

    /// <summary>It is not certain that the application is by the person whom it names.</summary>
    IdentityUncertain,

    /// <summary>What an approval was tied to has not come.</summary>
    ConditionsNotMet,
}

/// <summary>The codes of those that only a person gives; stable.</summary>
internal static class RefusalCode
{
    public const string EvidenceMissing = "EVIDENCE_MISSING";

    public const string EvidenceContradictory = "EVIDENCE_CONTRADICTORY";

    public const string IdentityUncertain = "IDENTITY_UNCERTAIN";

    public const string ConditionsNotMet = "CONDITIONS_NOT_MET";
}
