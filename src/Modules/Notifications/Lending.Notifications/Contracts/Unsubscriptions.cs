using Lending.Kernel;
using Lending.Notifications.Data;
using Lending.Notifications.Preferences;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Contracts;

internal sealed class Unsubscriptions(NotificationsDbContext db, UnsubscribeTokens tokens, Caller caller, OrganizationClock clock)
    : IUnsubscriptions
{
    public string? TopicOf(string token) => tokens.Read(token) is { } read ? EnumText.Of(read.Topic) : null;

    public async Task<bool> SwitchOffAsync(string token, CancellationToken ct)
    {
        if (tokens.Read(token) is not var (organizationId, person, topic))
        {
            return false;
        }
        caller.ActFor(organizationId, UserReference.System, person.CustomerId);
        var rows = db.OptOuts.Where(OptOut.Of(person)).Where(row => row.Topic == topic && row.Channel == NotificationChannel.Mail);
        if (!await rows.AnyAsync(ct))
        {
            db.Add(new OptOut(person, topic, NotificationChannel.Mail, clock.GetStorableNow()));
            await db.SaveChangesAsync(ct);
        }
        return true;
    }
}
