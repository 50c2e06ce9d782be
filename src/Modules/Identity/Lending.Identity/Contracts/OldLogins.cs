using Lending.Identity.Authentication;
using Lending.Identity.Data;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Contracts;

/// <summary>From where users logged in: sessions that expired, and devices that are not used any more.</summary>
internal sealed class OldLogins(IdentityDbContext db) : IOldRecords
{
    public string Name => "LOGINS";

    // A device that is forgotten sooner is a stranger at the next login, and its user is warned of it.
    public int MinimumMonths => 1;

    public async Task<int> CountAsync(DateTimeOffset before, CancellationToken ct) =>
        await Sessions(before).CountAsync(ct) + await Devices(before).CountAsync(ct);

    public async Task<int> DeleteAsync(DateTimeOffset before, int atMost, CancellationToken ct)
    {
        var sessions = await Sessions(before).OrderBy(session => session.ExpiresAt).Take(atMost).ExecuteDeleteAsync(ct);
        return sessions == atMost
            ? sessions
            : sessions + await Devices(before).OrderBy(device => device.LastUsedAt).Take(atMost - sessions).ExecuteDeleteAsync(ct);
    }

    // The users are those of the organisation.
    private IQueryable<Session> Sessions(DateTimeOffset before) =>
        db.Sessions.Where(session => session.ExpiresAt < before && db.Users.Any(user => user.Id == session.UserId));

    private IQueryable<Device> Devices(DateTimeOffset before) =>
        db.Devices.Where(device => device.LastUsedAt < before && db.Users.Any(user => user.Id == device.UserId));
}
