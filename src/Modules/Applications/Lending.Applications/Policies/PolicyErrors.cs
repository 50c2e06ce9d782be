using Lending.Kernel;

namespace Lending.Applications.Policies;

/// <summary>The ways in which requests about policies can fail.</summary>
internal static class PolicyErrors
{
    public static readonly Error VersionTaken = Error.Conflict(
        "policy-version-taken",
        "The organisation has a policy of this version already."
    );

    public static readonly Error NotDraft = Error.Conflict("policy-not-draft", "The policy was committed: it says the same for ever.");

    public static readonly Error NotCommitted = Error.Conflict(
        "policy-not-committed",
        "The policy is a draft, or is in the state already that is asked for, or out of use."
    );

    public static readonly Error NotReplayed = Error.Conflict(
        "policy-not-replayed",
        "Run the policy over past applications first, so that it is known what it would have decided."
    );

    public static readonly Error SecondPersonRequired = Error.Forbidden(
        "second-person-required",
        "A policy goes live by the word of somebody else than who changed or committed it last."
    );

    public static readonly Error OtherCurrency = Error.Validation(
        "currency-mismatch",
        "A policy has the currency that the organisation lends in.",
        "policy.currency"
    );
}
