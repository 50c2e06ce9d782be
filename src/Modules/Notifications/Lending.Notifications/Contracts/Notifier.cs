using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Contracts;

internal sealed class Notifier(NotificationsDbContext db, TimeProvider clock) : INotifications
{
    public async Task SendAsync(Message message, CancellationToken ct)
    {
        db.Add(new Notification(message, clock.GetStorableNow()));
        await db.SaveChangesAsync(ct);
    }

    public Task DeleteOfCustomerAsync(Guid customerId, CancellationToken ct) =>
        db.Notifications.Where(row => row.CustomerId == customerId).ExecuteDeleteAsync(ct);
}
