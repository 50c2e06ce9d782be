using System.Text.Json.Serialization;

namespace Lending.Identity.Contracts;

/// <summary>Who may approve offers up to an amount.</summary>
/// <param name="AmountUpTo">The largest loan amount of the tier, itself included; null in the last tier, which has no limit.</param>
/// <param name="Approver">Who may approve.</param>
public sealed record ApprovalTier(decimal? AmountUpTo, Approver Approver)
{
    /// <summary>The tiers of an organisation that has chosen none: installers approve every amount.</summary>
    public static IReadOnlyList<ApprovalTier> Default { get; } = [new(null, Approver.Installer)];
}

/// <summary>Who may approve an offer.</summary>
public enum Approver
{
    /// <summary>Everybody who may decide on offers, who made the offer too.</summary>
    [JsonStringEnumMemberName("installer")]
    Installer,

    /// <summary>Everybody who may decide on offers, but not who made it or last changed its terms.</summary>
    [JsonStringEnumMemberName("second-person")]
    SecondPerson,

    /// <summary>Underwriters only.</summary>
    [JsonStringEnumMemberName("underwriter")]
    Underwriter,
}
