namespace Lending.Applications.Offers;

/// <summary>What the organisation asks of its offers.</summary>
internal sealed record OfferRuleResponse
{
    /// <summary>Whether an offer is approved only where the application behind it is.</summary>
    /// <example>false</example>
    public required bool NeedsApprovedApplication { get; init; }
}
