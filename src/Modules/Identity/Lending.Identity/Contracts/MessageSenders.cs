using Lending.Identity.Data;
using Lending.Notifications.Contracts;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Contracts;

/// <summary>Organisations sign with the name that they show; a sandbox has the settings of its organisation.</summary>
internal sealed class MessageSenders(IdentityDbContext db) : IMessageSenders
{
    public Task<MessageSender> GetAsync(Guid organizationId, CancellationToken ct) =>
        db
            .Organizations.OfEveryOrganization()
            .Where(organization => organization.Id == organizationId)
            .Join(
                db.Organizations,
                organization => organization.SandboxOf ?? organization.Id,
                owner => owner.Id,
                (organization, owner) =>
                    new MessageSender(
                        owner.DisplayName ?? owner.Name,
                        owner.Locale.Substring(0, 2),
                        owner.TimeZone,
                        organization.SandboxOf != null
                    )
            )
            .SingleAsync(ct);
}
