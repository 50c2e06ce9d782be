using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Identity.Users;

internal static class UserReach
{
    /// <summary>The users of the caller's organisation; of every one for the platform's administrators.</summary>
    public static IQueryable<User> UsersInReachOf(this IdentityDbContext db, Caller caller) =>
        caller.IsPlatformAdministrator() ? db.Users.OfEveryOrganization() : db.Users;
}
