using Lending.Identity.Users;
using Microsoft.Extensions.Logging;

namespace Lending.Identity.Authentication;

/// <summary>Tells that somebody, most often the user themselves, has logged in on a device that was not used before. So far the log alone is told.</summary>
internal sealed class NewDeviceNotice(ILogger<NewDeviceNotice> logger)
{
    /// <summary>Tells of this session.</summary>
    public void Tell(User user, Session session) =>
        logger.LogInformation("User {UserId} has logged in on a new device, session {SessionId}", user.Id, session.Id);
}
