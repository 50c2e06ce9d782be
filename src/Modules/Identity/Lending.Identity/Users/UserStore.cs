using Lending.Identity.Data;
using Microsoft.EntityFrameworkCore;
using AspNetIdentity = Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>The users as ASP.NET Core Identity's UserManager sees them: of every organisation, because user names are unique across all.</summary>
internal sealed class UserStore(IdentityDbContext db) : AspNetIdentity.UserOnlyStore<User, IdentityDbContext, Guid>(db)
{
    public override IQueryable<User> Users => Context.Users.IgnoreQueryFilters();
}
