using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Platform.Persistence;

namespace Lending.Notifications.Delivery;

/// <summary>Tells the organisation's administrators of messages that should have arrived and have not.</summary>
internal sealed class UndeliveredMessages(NotificationsDbContext db, IMessageSenders senders, IMessageStaff staff)
{
    /// <summary>Adds what they are told to what the caller saves next, so that a message is not given up without that.</summary>
    public async Task TellAsync(Notification notification, CancellationToken ct)
    {
        if (!notification.IsMissed)
        {
            return;
        }
        var sender = await senders.GetAsync(notification.OrganizationId, ct);
        foreach (var administrator in await staff.ListAdministratorsAsync(ct))
        {
            var message = Message.MessageUndelivered(
                administrator.Email,
                administrator.UserId,
                administrator.Username,
                notification.Id,
                EnumText.Of(notification.Kind),
                notification.Failure!
            );
            db.Add(new Notification(message, sender, notification.FinishedAt!.Value));
        }
    }
}
