using Lending.Identity.Contracts;
using Lending.Notifications.Contracts;

namespace Lending.Identity.Users;

/// <summary>Writes to users in the name of their organisation.</summary>
internal sealed class AccountMail(IOrganizationDirectory organizations, INotifications notifications)
{
    /// <summary>Queues a message in the present transaction.</summary>
    public async Task SendAsync(User user, Func<MessageSender, Message> write, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(user.OrganizationId, ct);
        var sender = new MessageSender(organization.Id, organization.Name, organization.Language, organization.TimeZone);
        await notifications.SendAsync(write(sender) with { CustomerId = user.CustomerId }, ct);
    }
}
