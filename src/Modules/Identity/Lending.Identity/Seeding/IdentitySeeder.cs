using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Identity.Users;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Platform.Seeding;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Seeding;

/// <summary>Makes the demo installer, who creates everything else.</summary>
internal sealed class IdentitySeeder(IdentityDbContext db, UserManager<User> users, Caller caller, TimeProvider clock) : IModuleSeeder
{
    private const string Username = "demo-installer";
    private const string Password = "Sonnendach-2026!";

    public async Task SeedAsync(SeedPlan plan, CancellationToken ct)
    {
        var normalizedUsername = User.Normalize(Username);
        var installer = await db.Users.IgnoreQueryFilters().SingleOrDefaultAsync(user => user.NormalizedUserName == normalizedUsername, ct);
        if (installer is null)
        {
            var now = clock.GetStorableNow();
            installer = new User(Guid.CreateVersion7(now), Username, "installer@example.org", Role.Installer, Organization.DefaultId, now);
            caller.ActFor(installer.OrganizationId, installer.Reference);
            var result = await users.CreateAsync(installer, Password);
            if (!result.Succeeded)
            {
                throw new InvalidOperationException($"The demo installer cannot be made: {result}");
            }
        }
        plan.OrganizationId = installer.OrganizationId;
        plan.Installer = installer.Reference;
        plan.Accounts.Add(new DemoAccount("INSTALLER", Username, Password));
    }
}
