using Lending.Notifications.Contracts;

namespace Lending.Identity.Contracts;

/// <summary>Organisations sign with the name that they show; a sandbox has the settings of its organisation.</summary>
internal sealed class MessageSenders(IOrganizationDirectory organizations) : IMessageSenders
{
    public async Task<MessageSender> GetAsync(Guid organizationId, CancellationToken ct)
    {
        var organization = await organizations.ReadAsync(organizationId, ct);
        return new MessageSender(organization.ShownName, organization.Language, organization.TimeZone, organization.IsSandbox);
    }
}
