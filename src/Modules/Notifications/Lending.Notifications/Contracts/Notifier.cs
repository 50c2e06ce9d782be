using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Contracts;

internal sealed class Notifier(
    NotificationsDbContext db,
    IMessageSenders senders,
    IMessageRecipients recipients,
    Caller caller,
    OrganizationClock clock
) : INotifications
{
    public async Task SendAsync(Message message, CancellationToken ct)
    {
        var sender = await senders.GetAsync(caller.OrganizationId, ct);
        var chosen = message.CustomerId is { } customerId ? await recipients.FindLanguageAsync(customerId, ct) : null;
        db.Add(new Notification(message, sender with { Language = chosen ?? sender.Language }, clock.GetStorableNow()));
        await db.SaveChangesAsync(ct);
    }

    public async Task DeleteOfCustomerAsync(Guid customerId, CancellationToken ct)
    {
        await db.Notifications.Where(row => row.CustomerId == customerId).ExecuteDeleteAsync(ct);
        db.RemoveRange(await db.Suppressions.Where(row => row.CustomerId == customerId).ToListAsync(ct));
        db.RemoveRange(await db.OptOuts.Where(row => row.CustomerId == customerId).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
    }
}
