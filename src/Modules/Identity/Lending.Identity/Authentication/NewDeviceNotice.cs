using Lending.Identity.Users;
using Lending.Notifications.Contracts;
using Lending.Platform.Security;

namespace Lending.Identity.Authentication;

/// <summary>Tells users that somebody, most often they themselves, has logged in to their account on a device that was not used before.</summary>
internal sealed class NewDeviceNotice(AccountMail mail, Caller caller)
{
    /// <summary>Queues a mail about this session in the present transaction.</summary>
    public Task SendAsync(User user, Session session, CancellationToken ct)
    {
        // Whoever logs in was nobody until now, and the mail is the organisation's.
        caller.ActFor(user.OrganizationId, user.Reference);
        return mail.SendAsync(user, Message.NewDevice(user.Email!, user.UserName!, session.DeviceName, session.Address), ct);
    }
}
