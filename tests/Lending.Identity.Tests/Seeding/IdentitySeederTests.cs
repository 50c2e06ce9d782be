using System.Net;
using Lending.Identity.Seeding;
using Lending.Seeding;
using Lending.Testing;

namespace Lending.Identity.Tests.Seeding;

public sealed class IdentitySeederTests
{
    [Fact]
    public async Task Organisations_get_their_installers_once_who_can_log_in_until_they_are_emptied_away()
    {
        await using var host = await IdentityFixture.StartAsync();
        var seeder = SeederOf(host);
        var options = new SeedOptions { Organizations = 2, Installers = 5 };

        for (var run = 0; run < 2; run++)
        {
            var seeded = await seeder.SeedAsync(options, progress: null, CancellationToken.None);
            seeded.IsNew.ShouldBe(run == 0);
            seeded.Plan.Accounts.Select(account => account.Role).ShouldBe(["INSTALLER", "UNDERWRITER", "ADMIN"]);
            var demo = seeded.Plan.Accounts[0];
            foreach (var account in seeded.Plan.Accounts)
            {
                (await LogInAsync(host, account.Username, account.Password, HttpStatusCode.OK))["user.role"].ShouldBe(account.Role);
            }
            seeded.Plan.Organizations.Select(organization => organization.Installers.Count).ShouldBe([2, 3]);
            foreach (var organization in seeded.Plan.Organizations)
            {
                foreach (var installer in organization.Installers)
                {
                    var session = await LogInAsync(host, installer.Username, demo.Password, HttpStatusCode.OK);
                    (session["user.id"], session["user.organizationId"]).ShouldBe((installer.Id.ToString(), organization.Id.ToString()));
                }
            }
            seeded.Plan.Organizations[0].Installers[0].Username.ShouldBe(demo.Username);
        }
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.users WHERE role = 'INSTALLER'")).ShouldBe(5L);

        await seeder.EmptyAsync(CancellationToken.None);

        await LogInAsync(host, "demo-installer", "Sonnendach-2026!", HttpStatusCode.Unauthorized);
        await LogInAsync(host, "chief", IdentityFixture.AdminPassword, HttpStatusCode.OK);
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.organizations")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_demo_installer_who_changed_the_password_works_as_before_when_seeded_anew()
    {
        await using var host = await IdentityFixture.StartAsync();
        var seeder = SeederOf(host);
        var demo = (await seeder.SeedAsync(new SeedOptions(), progress: null, CancellationToken.None)).Plan.Accounts[0];
        var session = await LogInAsync(host, demo.Username, demo.Password, HttpStatusCode.OK);
        using (var client = new HttpClient { BaseAddress = host.Client.BaseAddress }.WithToken(session["accessToken"]!))
        {
            await client.PostAsync(
                "/users/me/password",
                new
                {
                    currentPassword = demo.Password,
                    password = IdentityFixture.Password,
                    passwordConfirm = IdentityFixture.Password,
                },
                HttpStatusCode.NoContent
            );
        }

        await seeder.EmptyAsync(CancellationToken.None);
        await seeder.SeedAsync(new SeedOptions(), progress: null, CancellationToken.None);

        (await host.ReadSqlAsync("SELECT count(*) FROM identity.access_revocations")).ShouldBe(0L);
        await LogInAsync(host, demo.Username, demo.Password, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Where_somebody_has_a_demo_accounts_name_nothing_is_made()
    {
        await using var host = await IdentityFixture.StartAsync();
        await host.Client.PostAsync("/auth/register", IdentityFixture.Account("demo-installer"), HttpStatusCode.Created);

        var refusal = await Should.ThrowAsync<SeedingClashException>(() =>
            SeederOf(host).SeedAsync(new SeedOptions(), progress: null, CancellationToken.None)
        );

        refusal.Message.ShouldContain("identity.users");
        refusal.Message.ShouldNotContain("demo-installer");
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.organizations")).ShouldBe(1L);
    }

    private static Seeder SeederOf(ModuleHost host) => new(host.Services, services => [new IdentitySeeder(services)]);

    private static Task<Answer> LogInAsync(ModuleHost host, string username, string password, HttpStatusCode expected) =>
        host.Client.PostAsync("/auth/login", new { username, password }, expected);
}
