using Lending.Platform.Persistence;

namespace Lending.Applications.Offers;

/// <summary>Whether an organisation approves offers only where the application behind them is approved. Without a row, it does not.</summary>
internal sealed class OfferRule : ITenantOwned
{
    private OfferRule() { }

    public OfferRule(Guid organizationId) => OrganizationId = organizationId;

    public Guid OrganizationId { get; private init; }

    public bool NeedsApprovedApplication { get; set; }
}
