using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Bootstrap;

/// <summary>Makes what nobody can make through the API: the default organisation, and an administrator of it.</summary>
internal sealed class FirstAdministrator(
    IdentityDbContext db,
    UserManager<User> users,
    Caller caller,
    IOptions<BootstrapOptions> options,
    IHostEnvironment environment,
    TimeProvider clock
) : IDatabasePreparation
{
    public async Task PrepareAsync(CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (!await db.Organizations.AnyAsync(organization => organization.Id == Organization.DefaultId, ct))
        {
            db.Add(new Organization(Organization.DefaultId, "Default organisation", "DE", "EUR", "Europe/Berlin", now));
            await db.SaveChangesAsync(ct);
        }
        var hasAdministrator = await db
            .Users.OfEveryOrganization()
            .AnyAsync(user => user.Role == Role.Admin && user.Active && user.OrganizationId == Organization.DefaultId, ct);
        if (!hasAdministrator)
        {
            await CreateAsync(now);
        }
    }

    private async Task CreateAsync(DateTimeOffset now)
    {
        var configured = options.Value;
        var isGenerated = string.IsNullOrEmpty(configured.AdminPassword) && environment.IsDevelopment();
        var password = isGenerated ? Secret.New() : configured.AdminPassword;
        if (string.IsNullOrEmpty(password))
        {
            throw new InvalidOperationException(
                $"{BootstrapOptions.Section}__{nameof(BootstrapOptions.AdminPassword)} must hold the first administrator's password: "
                    + $"{PasswordRules.MinimumLength} to {PasswordRules.MaximumLength} characters, not common, not digits alone, not like "
                    + "the user name or e-mail."
            );
        }
        var admin = new User(
            Guid.CreateVersion7(now),
            configured.AdminUserName,
            configured.AdminEmail,
            Role.Admin,
            Organization.DefaultId,
            now
        );
        // Whoever configures the host answers for the address.
        admin.ConfirmEmail(admin.Email!, now);
        caller.ActFor(admin.OrganizationId, admin.Reference);
        var result = await users.CreateAsync(admin, password);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(
                $"{BootstrapOptions.Section}__{nameof(BootstrapOptions.AdminUserName)} cannot name the first administrator. {result}"
            );
        }
        if (isGenerated)
        {
            // Written to the developer's terminal, and never to a log.
            await Console.Out.WriteLineAsync($"The first administrator is {admin.UserName}, password {password}");
        }
    }
}
