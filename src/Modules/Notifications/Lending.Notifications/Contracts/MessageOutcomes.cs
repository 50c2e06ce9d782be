using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Contracts;

internal sealed class MessageOutcomes(NotificationsDbContext db) : IMessageOutcomes
{
    // By the customer, as that has an index.
    public async Task<IReadOnlySet<Guid>> FindUndeliveredAsync(Guid customerId, IReadOnlyCollection<Guid> aboutIds, CancellationToken ct) =>
        await db
            .Notifications.Where(row => row.CustomerId == customerId && row.Status == NotificationStatus.Failed)
            .Where(row => row.AboutId != null && aboutIds.Contains(row.AboutId.Value))
            .Select(row => row.AboutId!.Value)
            .ToHashSetAsync(ct);
}
