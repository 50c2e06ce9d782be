using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Contracts;

internal sealed class Notifier(NotificationsDbContext db, IMessageSenders senders, Caller caller, OrganizationClock clock) : INotifications
{
    public async Task SendAsync(Message message, CancellationToken ct)
    {
        var sender = await senders.GetAsync(caller.OrganizationId, ct);
        db.Add(new Notification(message, sender, clock.GetStorableNow()));
        await db.SaveChangesAsync(ct);
    }

    public Task DeleteOfCustomerAsync(Guid customerId, CancellationToken ct) =>
        db.Notifications.Where(row => row.CustomerId == customerId).ExecuteDeleteAsync(ct);
}
