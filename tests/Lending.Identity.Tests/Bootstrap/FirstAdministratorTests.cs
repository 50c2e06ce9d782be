using System.Net;
using Lending.Identity.Contracts;
using Lending.Identity.Tests.Authentication;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Tests.Bootstrap;

public sealed class FirstAdministratorTests
{
    private static Task<ModuleHost> StartAsync(string environment, params (string Name, string Value)[] settings) =>
        ModuleHost.StartAsync(
            new IdentityModule(),
            services => services.AddSingleton<IHostEnvironment>(new FakeEnvironment { EnvironmentName = environment }),
            settings
                .Select(setting => ($"Bootstrap:{setting.Name}", (string?)setting.Value))
                .Append(("PublicUrl", "https://loans.example"))
                .ToDictionary(StringComparer.Ordinal)
        );

    [Fact]
    public async Task The_administrator_comes_from_the_configuration()
    {
        await using var host = await StartAsync(
            "Production",
            ("AdminUserName", "chief"),
            ("AdminEmail", "chief@example.com"),
            ("AdminPassword", IdentityFixture.AdminPassword)
        );
        var session = await host.Client.PostAsync(
            "/auth/login",
            new { username = "chief@example.com", password = IdentityFixture.AdminPassword },
            HttpStatusCode.OK
        );
        session["user.role"].ShouldBe("ADMIN");
        session["user.username"].ShouldBe("chief");
        await host.Client.WithToken(session["accessToken"]!).GetAsync("/organizations", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Preparing_again_changes_nothing_whatever_the_configuration_says_then()
    {
        await using var host = await StartAsync("Production", ("AdminPassword", IdentityFixture.AdminPassword));
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.users")).ShouldBe(1L);
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.organizations")).ShouldBe(1L);
    }

    [Fact]
    public async Task Where_the_last_administrator_is_gone_the_next_migration_makes_one_whose_name_must_be_free()
    {
        await using var host = await StartAsync("Production", ("AdminPassword", IdentityFixture.AdminPassword));
        var migrator = host.Services.GetRequiredService<DatabaseMigrator>();
        await host.ExecuteSqlAsync("UPDATE identity.users SET role = 'INSTALLER'");
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => migrator.MigrateAsync(CancellationToken.None));
        failure.Message.ShouldContain("Bootstrap__AdminUserName");
        await host.ExecuteSqlAsync("UPDATE identity.users SET normalized_username = 'FORMER', normalized_email = 'FORMER'");
        await migrator.MigrateAsync(CancellationToken.None);
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.users WHERE role = 'ADMIN'")).ShouldBe(1L);
    }

    [Fact]
    public async Task An_administrator_who_is_not_active_does_not_count()
    {
        await using var host = await StartAsync("Production", ("AdminPassword", IdentityFixture.AdminPassword));
        await host.ExecuteSqlAsync("UPDATE identity.users SET active = false, normalized_username = 'FORMER', normalized_email = 'FORMER'");
        await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.users WHERE role = 'ADMIN' AND active")).ShouldBe(1L);
    }

    [Fact]
    public async Task In_development_a_password_is_generated_and_printed_once()
    {
        var terminal = new StringWriter();
        var before = Console.Out;
        Console.SetOut(TextWriter.Synchronized(terminal));
        try
        {
            await using var host = await StartAsync("Development");
            var line = terminal.ToString().Split('\n').Single(text => text.StartsWith("The first administrator", StringComparison.Ordinal));
            var password = line.TrimEnd().Split(' ')[^1];
            await host.Client.PostAsync("/auth/login", new { username = "admin", password }, HttpStatusCode.OK);
            await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
            terminal.ToString().Split(password).Length.ShouldBe(2);
        }
        finally
        {
            Console.SetOut(before);
        }
    }

    [Fact]
    public async Task Elsewhere_a_missing_password_stops_the_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync("Production"));
        failure.Message.ShouldContain("Bootstrap__AdminPassword");
        failure.Message.ShouldContain("12 to 128 characters");
    }

    [Theory]
    [InlineData("AdminPassword", "admin")]
    [InlineData("AdminPassword", "password")]
    [InlineData("AdminPassword", "change-me")]
    [InlineData("AdminPassword", "administrator1")]
    [InlineData("AdminPassword", "123456789012")]
    [InlineData("AdminUserName", "")]
    [InlineData("AdminUserName", "the boss")]
    [InlineData("AdminEmail", "nobody")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string name, string value)
    {
        foreach (var environment in new[] { "Production", "Development" })
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["AdminPassword"] = IdentityFixture.AdminPassword,
                [name] = value,
            };
            var failure = await Should.ThrowAsync<OptionsValidationException>(() =>
                StartAsync(environment, [.. settings.Select(setting => (setting.Key, setting.Value))])
            );
            failure.Message.ShouldContain($"Bootstrap__{name}");
            if (value.Length > 0)
            {
                failure.Message.ShouldNotContain($"'{value}'");
            }
        }
    }

    [Fact]
    public async Task An_administrator_whom_nothing_lets_in_any_more_is_recovered()
    {
        await using var host = await StartAsync("Production", ("AdminPassword", IdentityFixture.AdminPassword));
        var session = await LogInAsync(IdentityFixture.AdminPassword);
        await host.ExecuteSqlAsync(
            "UPDATE identity.users SET active = false, access_failed_count = 5, failures_expire_at = now() + interval '1 day', "
                + "lockout_end = now() + interval '1 day'"
        );
        (await LogInAsync(IdentityFixture.AdminPassword)).Status.ShouldBe(HttpStatusCode.Unauthorized);

        var recovered = await RecoverAsync(host);
        recovered.Username.ShouldBe("admin");
        (await LogInAsync(recovered.Password)).Status.ShouldBe(HttpStatusCode.OK);
        (await LogInAsync(IdentityFixture.AdminPassword)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Client.SendAsync("POST", "/auth/token/refresh", new { refreshToken = session["refreshToken"] })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );

        Task<Answer> LogInAsync(string password) => host.Client.SendAsync("POST", "/auth/login", new { username = "admin", password });
    }

    [Fact]
    public async Task Neither_a_lost_second_factor_nor_an_unconfirmed_email_keeps_a_recovered_administrator_out()
    {
        await using var host = await StartAsync("Production", ("AdminPassword", IdentityFixture.AdminPassword));
        var owner = new FactorOwner(host, new AccountBody("admin", "", IdentityFixture.AdminPassword, ""));
        owner.Enter(await owner.LogInAsync());
        await owner.SetTotpUpAsync();
        (await owner.LogInAsync()).Status.ShouldBe(HttpStatusCode.Accepted, "the second factor is asked for");
        await host.ExecuteSqlAsync("UPDATE identity.users SET email_confirmed = false");
        (await owner.LogInAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized, "the e-mail is not confirmed");

        var recovered = await RecoverAsync(host);

        await host.Client.PostAsync("/auth/login", new { recovered.Username, recovered.Password }, HttpStatusCode.OK);
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.totp_authenticators")).ShouldBe(0L);
        (await host.ReadSqlAsync("SELECT count(*) FROM identity.recovery_codes")).ShouldBe(0L);
    }

    [Fact]
    public async Task Nobody_else_is_recovered()
    {
        await using var host = await StartAsync("Development", ("AdminPassword", IdentityFixture.AdminPassword));
        var body = IdentityFixture.Account();
        await host.Client.PostAsync("/auth/register", body, HttpStatusCode.Created);
        await using var scope = host.Services.CreateAsyncScope();
        var recovery = scope.ServiceProvider.GetRequiredService<IAdministratorRecovery>();
        foreach (var name in (string[])[body.username, "nobody"])
        {
            await Should.ThrowAsync<InvalidOperationException>(() => recovery.RecoverAsync(name, CancellationToken.None));
        }
    }

    private static async Task<RecoveredAdministrator> RecoverAsync(ModuleHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IAdministratorRecovery>().RecoverAsync("ADMIN", CancellationToken.None);
    }

    private sealed class FakeEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "Lending";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
