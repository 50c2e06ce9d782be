using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Lending.Platform.Audit;

/// <summary>Makes the entries of the audit log: who and from where is said here, once. Scoped.</summary>
internal sealed class AuditTrail(Caller caller, IHttpContextAccessor accessor, TimeProvider clock)
{
    private readonly HashSet<string> entityTypes = new(StringComparer.Ordinal);

    /// <summary>Of what sorts of things there are entries: who has changed a thing needs none of having seen it, and tests find a write without one.</summary>
    public IReadOnlySet<string> EntityTypes => entityTypes;

    /// <summary>The real time, by which things are recorded.</summary>
    public DateTimeOffset Now => clock.GetStorableNow();

    /// <summary>An entry for each change that a context is about to save.</summary>
    public IEnumerable<AuditEntry> EntriesOf(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }
            var type = AuditedType.Of(entry.Metadata);
            if (type.IsAudited && type.ChangesOf(entry) is { } changes)
            {
                var action = entry.State switch
                {
                    EntityState.Added => AuditAction.Create,
                    EntityState.Modified => AuditAction.Update,
                    _ => AuditAction.Delete,
                };
                yield return NewEntry(action, type.Name, type.IdOf(entry), type.CustomerIdOf(entry), changes: changes);
            }
        }
    }

    /// <summary>An entry of now and of whoever calls.</summary>
    public AuditEntry NewEntry(
        string action,
        string entityType,
        Guid? entityId,
        Guid? customerId = null,
        Guid[]? shownIds = null,
        string? changes = null
    )
    {
        entityTypes.Add(entityType);
        var now = Now;
        var request = accessor.HttpContext;
        // Whoever acts for another organisation is still who they are. Whoever logs in as somebody else, or has a link, is not who sent the credential.
        var credential = request?.User.Identity is CallerIdentity identity && identity.UserId == caller.UserId ? identity : null;
        return new AuditEntry
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            OrganizationId = caller.OrganizationId,
            Action = action,
            Operation = request?.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
            EntityType = entityType,
            EntityId = entityId,
            CustomerId = customerId,
            ShownIds = shownIds,
            UserId = caller.UserId == Guid.Empty ? null : caller.UserId,
            ApiKeyId = credential?.ApiKeyId,
            SessionId = credential?.SessionId,
            Address = request?.Connection.RemoteIpAddress.Unwrapped()?.ToString(),
            RequestId = request?.TraceIdentifier,
            Changes = changes,
        };
    }
}
