using System.Text.RegularExpressions;
using Lending.Testing;
using Npgsql;

namespace Lending.Host.Tests.Running;

/// <summary>A wrong setting stops the process, and the message names it.</summary>
public sealed partial class SettingsTests
{
    [Theory]
    // One of each sort of failure, and what a host in this process cannot be given.
    [InlineData("ConnectionStrings__Lending", "")]
    [InlineData("Encryption__Keys__first", "no base64")]
    [InlineData("Encryption__File", "/nowhere/keys.json")]
    [InlineData("Jwt__LifetimeMinutes", "0")]
    [InlineData("Development__PrepareDatabase", "perhaps")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")]
    [InlineData("Invitations__AnswerWithToken", "true")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    public async Task A_wrong_setting_stops_the_process_and_is_named(string name, string value)
    {
        await using var lending = LendingProcess.Start(
            [],
            [.. LendingProcess.Production("Host=127.0.0.1;Port=1;Database=lending"), (name, value)]
        );

        (await lending.WaitForExitAsync()).ShouldBe(1);
        lending.Output.ShouldContain("Lending cannot start");
        lending.Output.ShouldContain(name.Replace("__0", "", StringComparison.Ordinal).Split("__")[^1]);
        lending.Output.ShouldNotContain("   at ", customMessage: "a person reads this, not a stack trace");
    }

    [Theory]
    [InlineData("ConnectionStrings__Lending", "this is no connection string")]
    [InlineData("ConnectionStrings__LendingOwner", "this is no connection string")]
    [InlineData("Jwt__SigningKeys__first", "a secret of more than thirty-two bytes")]
    [InlineData("Jwt__ActiveSigningKey", "second")]
    [InlineData("Encryption__Keys__first", "c2hvcnQ=")]
    [InlineData("Encryption__Keys__a.name", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("Encryption__ActiveKey", "second")]
    [InlineData("Encryption__SearchKey", "")]
    [InlineData("Jwt__LifetimeMinutes", "soon")]
    [InlineData("Lockout__FailuresPerAddress", "1")]
    [InlineData("SecondFactor__RequiredRoles__0", "BOSS")]
    [InlineData("PublicUrl", "lending.example.org/path")]
    // Nothing in this configuration speaks https.
    [InlineData("PublicUrl", "https://loans.example")]
    [InlineData("PublicUrl", " https://loans.example")]
    [InlineData("Documentation__Pages", "perhaps")]
    [InlineData("Outbox__PollSeconds", "0")]
    [InlineData("Cors__AllowedOrigins__0", "example.org/path")]
    [InlineData("Proxies__Known__0", "proxy.example.org")]
    [InlineData("RateLimits__CallerPerMinute", "-1")]
    [InlineData("Organizations__BaseDomain", "https://example.org")]
    [InlineData("Bootstrap__AdminPassword", "password")]
    [InlineData("Mail__Host", "")]
    [InlineData("Mail__Port", "0")]
    [InlineData("Mail__Tls", "Sometimes")]
    [InlineData("Mail__From", "nobody")]
    [InlineData("Mail__User", "lending")]
    [InlineData("Mail__Password", "without a user")]
    [InlineData("Mail__Dkim__Selector", "without a key")]
    [InlineData("Database__SlowStatementMilliseconds", "-1")]
    [InlineData("Database__StatementTimeoutSeconds", "-1")]
    [InlineData("Database__LockTimeoutSeconds", "3601")]
    [InlineData("Database__IdleInTransactionTimeoutSeconds", "-1")]
    [InlineData("Metrics__Port", "70000")]
    [InlineData("Metrics__Port", "many")]
    [InlineData("Metrics__Address", "somewhere")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string name, string value)
    {
        (string Name, string Value)[] settings =
        [
            .. LendingProcess.Production("Host=127.0.0.1;Port=1;Database=lending").Where(setting => setting.Name != name),
            (name, value),
        ];

        var exception = await Should.ThrowAsync<Exception>(async () =>
        {
            await using var lending = await HostWithoutDatabase.StartAsync(
                "Production",
                settings.Select(setting => (setting.Name.Replace("__", ":", StringComparison.Ordinal), setting.Value))
            );
        });

        StartFailures.AreTold(exception).ShouldBeTrue(exception.ToString());
        exception.Message.ShouldContain(name.Replace("__0", "", StringComparison.Ordinal).Split("__")[^1]);
    }

    [Fact]
    public async Task The_verb_migrate_prepares_a_database_for_production_and_the_host_is_ready_on_it()
    {
        var settings = await ProductionAsync();
        await using (var migration = LendingProcess.Start(["migrate"], settings))
        {
            (await migration.WaitForExitAsync()).ShouldBe(0, migration.Output);
        }
        await using var lending = LendingProcess.Start([], settings);
        using var client = await lending.NewClientAsync();

        (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var login = await client.PostAsync(
            "/auth/login",
            new { username = "administrator", password = World.Password },
            System.Net.HttpStatusCode.OK
        );
        login.Json.GetProperty("secondFactorMissing").GetBoolean().ShouldBeTrue();
        (await client.SendAsync("POST", "/auth/register-customer", World.NewCustomer())).Status.ShouldNotBe(
            System.Net.HttpStatusCode.Created
        );
    }

    [Fact]
    public async Task The_verb_recover_admin_prints_a_password_that_lets_in_and_logs_none()
    {
        var settings = await ProductionAsync();
        await using (var migration = LendingProcess.Start(["migrate"], settings))
        {
            (await migration.WaitForExitAsync()).ShouldBe(0, migration.Output);
        }
        string password;
        await using (var recovery = LendingProcess.Start(["recover-admin"], settings))
        {
            (await recovery.WaitForExitAsync()).ShouldBe(0, recovery.Output);
            var lines = recovery.Output.Split('\n');
            password = lines.Single(line => line.StartsWith("The administrator", StringComparison.Ordinal)).TrimEnd().Split(' ')[^1];
            var logged = lines.Where(line => line.StartsWith('{')).ToList();
            logged.ShouldContain(line => line.Contains("was recovered", StringComparison.Ordinal));
            logged.ShouldAllBe(line => !line.Contains(password, StringComparison.Ordinal));
        }
        await using var lending = LendingProcess.Start([], settings);
        using var client = await lending.NewClientAsync();
        await client.PostAsync("/auth/login", new { username = "administrator", password }, System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_migrations_the_host_is_live_and_not_ready()
    {
        await using var lending = LendingProcess.Start([], await ProductionAsync());
        using var client = await lending.NewClientAsync();

        (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        ready.StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("identity");
    }

    [Fact]
    public async Task Development_leaves_a_database_that_is_not_its_own_as_it_is_unless_it_is_told_to_prepare_it()
    {
        var connectionString = await TestDatabase.CreateAsync($"foreign_{Unique.Text()}");
        (string Name, string Value)[] settings =
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ConnectionStrings__Lending", connectionString),
        ];
        await using (var lending = LendingProcess.Start([], settings))
        {
            using var client = await lending.NewClientAsync();
            await lending.WaitForAsync("Development__PrepareDatabase");
            await lending.WaitForAsync("Ctrl+C");

            var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            ready.StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
            (await ready.Content.ReadAsStringAsync()).ShouldContain("identity: 20");
            (await CountTablesAsync()).ShouldBe(0);
        }

        await using var told = LendingProcess.Start([], [.. settings, ("Development__PrepareDatabase", "true")]);
        using var toldClient = await told.NewClientAsync();
        await told.WaitForAsync("demo-installer");
        (await toldClient.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);

        async Task<long> CountTablesAsync()
        {
            await using var dataSource = NpgsqlDataSource.Create(connectionString);
            await using var count = dataSource.CreateCommand(
                "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            );
            return (long)(await count.ExecuteScalarAsync())!;
        }
    }

    [Fact]
    public async Task Production_does_not_load_what_makes_fake_data()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux tells what a process has loaded.");
        await using var lending = LendingProcess.Start([], await ProductionAsync());
        using var client = await lending.NewClientAsync();
        await client.GetAsync("/customers", System.Net.HttpStatusCode.Unauthorized);

        var loaded = lending.LoadedFiles;

        loaded.ShouldContain("Lending.Customers.dll");
        loaded.ShouldNotContain(file => file.Contains("Seeding", StringComparison.Ordinal));
        loaded.ShouldNotContain("Bogus.dll");
    }

    [Fact]
    public async Task The_verb_seed_refuses_production_unless_forced_fills_it_once_and_empties_it()
    {
        var settings = await ProductionAsync();
        foreach (
            var refusedArguments in (string[][])
                [
                    ["seed"],
                    ["seed", "--reset"],
                ]
        )
        {
            await using var refused = LendingProcess.Start(refusedArguments, settings);
            (await refused.WaitForExitAsync()).ShouldBe(1);
            refused.Output.ShouldContain("--force");
        }

        string[] arguments = ["seed", "--customers", "5", "--offers", "7", "--locale", "de", "--force"];
        var first = await RunAsync(arguments, settings);
        Table().Replace(first, " ").ShouldContain(" customers 5 ");
        foreach (var label in (string[])["loan offers, pending", "seconds", "rows a second", "own peak memory in MB"])
        {
            first.ShouldContain(label);
        }
        first.ShouldContain("loan offers: 7 of 7");
        var folder = Path.Combine(Path.GetTempPath(), Unique.Text());
        var second = await RunAsync([.. arguments, "--bank-statements", folder], settings);
        (await File.ReadAllTextAsync(Directory.GetFiles(folder).ShouldHaveSingleItem())).ShouldContain("camt.053.001.08");
        Directory.Delete(folder, recursive: true);
        second.ShouldContain(
            "Nothing was added: the database is seeded already, by --organizations 1 --installers 2 --customers 5 --offers 7"
        );
        foreach (var output in (string[])[first, second])
        {
            output.ShouldContain("demo-installer");
            output.ShouldContain("demo-customer");
            output.ShouldNotContain("\u001b", customMessage: "escape codes are for terminals");
        }
        (await RunAsync(["seed", "--reset", "--force"], settings)).ShouldContain("seeded rows are gone");
    }

    [Theory]
    [InlineData("--customers", "many")]
    [InlineData("--customers", "-1")]
    [InlineData("--locale", "fr")]
    [InlineData("--until", "tomorrow")]
    [InlineData("--organizations", "0")]
    public async Task The_verb_seed_names_a_wrong_option(string option, string value)
    {
        await using var refused = LendingProcess.Start(["seed", option, value], ("ConnectionStrings__Lending", "Host=nowhere"));

        (await refused.WaitForExitAsync()).ShouldBe(1);
        refused.Output.ShouldNotContain("   at ", customMessage: "a person reads this, not a stack trace");
        refused.Output.ShouldNotContain("nowhere", customMessage: "it is refused before anything is connected to");
    }

    private static async Task<string> RunAsync(string[] arguments, (string Name, string Value)[] settings)
    {
        await using var lending = LendingProcess.Start(arguments, settings);
        (await lending.WaitForExitAsync()).ShouldBe(0, lending.Output);
        return lending.Output;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    private static async Task<(string Name, string Value)[]> ProductionAsync() =>
        LendingProcess.Production(await TestDatabase.CreateAsync($"production_{Unique.Text()}"));
}
