using System.Net;
using Lending.Platform.Seeding;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Tests.Seeding;

public sealed class IdentitySeederTests
{
    [Fact]
    public async Task The_demo_installer_is_made_once_and_can_log_in()
    {
        await using var host = await IdentityHost.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var plan = new SeedPlan(Seed: 1, CustomerCount: 0, OfferCount: 0);
            await scope.ServiceProvider.GetRequiredService<IModuleSeeder>().SeedAsync(plan, CancellationToken.None);
            plan.OrganizationId.ShouldBe(new Guid("01900000-0000-7000-8000-000000000001"));
            var account = plan.Accounts.ShouldHaveSingleItem();
            var session = await host.Client.PostAsync(
                "/auth/login",
                new { username = account.Username, password = account.Password },
                HttpStatusCode.OK
            );
            session["user.id"].ShouldBe(plan.Installer!.Id.ToString());
            session["user.role"].ShouldBe(account.Role);
        }
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.users WHERE role = 'INSTALLER'")).ShouldBe(1L);
    }
}
