using Lending.Kernel;
using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Mapster;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Contracts;

/// <summary>The messages to a customer.</summary>
internal sealed class MessageRecords(NotificationsDbContext db) : ICustomerRecords
{
    public string Name => "messages";

    public async Task<object?> ReadAsync(Guid customerId, CancellationToken ct)
    {
        var messages = await db
            .Notifications.Where(message => message.CustomerId == customerId)
            .OrderBy(message => message.CreatedAt)
            .ProjectToType<NotificationResponse>()
            .ToListAsync(ct);
        return messages.Count == 0 ? null : messages;
    }
}
