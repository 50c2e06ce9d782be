using System.Globalization;
using System.Net;
using System.Text.Json;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Host.Tests.Encryption;

/// <summary>Keys that are missing or wrong stop the start, and do not show when somebody reads.</summary>
public sealed class EncryptionSettingsTests
{
    [Fact]
    public async Task Production_does_not_start_without_a_key_and_says_how_to_make_one()
    {
        await using var lending = LendingProcess.Start(
            [],
            [
                .. LendingProcess
                    .Production("Host=127.0.0.1;Port=1;Database=lending")
                    .Where(setting => !setting.Name.StartsWith("Encryption__", StringComparison.Ordinal)),
            ]
        );

        (await lending.WaitForExitAsync()).ShouldBe(1);
        lending.Output.ShouldContain("Lending cannot start");
        lending.Output.ShouldContain(
            "Encryption__Keys__<name> is missing: 32 random bytes in base64, as written by: openssl rand -base64 32."
        );
        lending.Output.ShouldContain("Encryption__SearchKey");
    }

    [Fact]
    public async Task A_lost_or_wrong_key_stops_the_start_and_is_named()
    {
        var settings = LendingProcess.Production(await TestDatabase.CreateAsync($"keys_{Unique.Text()}"));
        await RunAsync(["migrate"], settings, exitCode: 0);

        (string Name, string Value)[] second =
        [
            ("Encryption__Keys__second", EncryptionOptions.NewKey()),
            ("Encryption__ActiveKey", "second"),
        ];
        await ShouldNotStartAsync([.. Without(settings, "Encryption__Keys__first"), .. second], "Encryption__Keys__first is missing");
        await ShouldNotStartAsync(
            [.. settings, ("Encryption__Keys__first", EncryptionOptions.NewKey())],
            "Encryption__Keys__first is another key"
        );
        await ShouldNotStartAsync(
            [.. settings, ("Encryption__SearchKey", EncryptionOptions.NewKey())],
            "Encryption__SearchKey is another key"
        );

        // A new key beside the old one is no reason not to start, and once everything is encrypted with it, the old one may go.
        await using (var both = LendingProcess.Start([], [.. settings, .. second]))
        {
            using var client = await both.NewClientAsync();
            (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await RunAsync(["keys", "rotate"], [.. settings, .. second], exitCode: 0)).ShouldContain(
                "Nothing needs these keys any more, you can take them out of Encryption__Keys: first."
            );
        }
        await using var secondAlone = LendingProcess.Start([], [.. Without(settings, "Encryption__Keys__first"), .. second]);
        using var ready = await secondAlone.NewClientAsync();
        (await ready.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_instance_that_starts_before_the_database_lets_it_in_is_checked_as_soon_as_that_does()
    {
        var owner = await TestDatabase.CreateAsync($"late_{Unique.Text()}");
        var settings = LendingProcess.Production(owner);
        await RunAsync(["migrate"], settings, exitCode: 0);
        await using var dataSource = Npgsql.NpgsqlDataSource.Create(owner);
        // Refuses as one does that has too many connections, or is only starting up.
        await LimitConnectionsAsync(0);
        await using var right = LendingProcess.Start([], settings);
        await using var wrong = LendingProcess.Start([], [.. settings, ("Encryption__Keys__first", EncryptionOptions.NewKey())]);
        using var client = await right.NewClientAsync();
        await wrong.WaitForAsync("Now listening on");
        (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await LimitConnectionsAsync(-1);

        (await wrong.WaitForExitAsync()).ShouldBe(1, wrong.Output);
        wrong.Output.ShouldContain("Encryption__Keys__first is another key");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task LimitConnectionsAsync(int limit)
        {
            var database = new Npgsql.NpgsqlConnectionStringBuilder(owner).Database;
            await using var command = dataSource.CreateCommand(
                string.Create(CultureInfo.InvariantCulture, $"ALTER DATABASE \"{database}\" CONNECTION LIMIT {limit}")
            );
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task What_is_set_wins_over_the_file_of_keys()
    {
        var (set, filed) = (EncryptionOptions.NewKey(), EncryptionOptions.NewKey());
        var file = await WriteFileAsync(
            JsonSerializer.Serialize(new { Encryption = new { Keys = new { first = filed, second = filed } } })
        );
        await using var host = await LendingHost.BuildAsync(
            [],
            builder =>
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["ConnectionStrings:Lending"] = "Host=127.0.0.1;Port=1;Database=none;Username=nobody",
                        ["Encryption:File"] = file,
                        ["Encryption:Keys:first"] = set,
                        ["Encryption:ActiveKey"] = "first",
                        ["Encryption:SearchKey"] = TestKeys.Search,
                    }
                ),
            TestContext.Current.CancellationToken
        );

        host.App.Configuration["Encryption:Keys:first"].ShouldBe(set);
        host.App.Configuration["Encryption:Keys:second"].ShouldBe(filed);
        File.Delete(file);
    }

    [Fact]
    public async Task A_file_of_keys_that_is_none_is_named()
    {
        var file = await WriteFileAsync("{ \"Encryption\": ");

        (
            await RunAsync(
                [],
                [.. LendingProcess.Production("Host=127.0.0.1;Port=1;Database=lending"), ("Encryption__File", file)],
                exitCode: 1
            )
        ).ShouldContain($"Lending cannot start: Encryption__File: {file} is not JSON");
        File.Delete(file);
    }

    [Fact]
    public void One_key_may_not_stand_in_two_places()
    {
        var (one, other) = (EncryptionOptions.NewKey(), EncryptionOptions.NewKey());

        IsRefused(new() { Keys = { ["first"] = one }, SearchKey = other }).ShouldBeFalse();
        IsRefused(new() { Keys = { ["first"] = one }, SearchKey = one }).ShouldBeTrue();
        IsRefused(
                new()
                {
                    Keys = { ["first"] = one, ["second"] = one },
                    ActiveKey = "first",
                    SearchKey = other,
                }
            )
            .ShouldBeTrue();

        static bool IsRefused(EncryptionOptions options) =>
            options.Validate(new(options)).Any(result => result.ErrorMessage!.Contains("must all be different", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instance_that_lacks_a_key_is_not_ready()
    {
        await using var host = new HostFixture();
        await host.InitializeAsync();
        await using var dataSource = Npgsql.NpgsqlDataSource.Create(host.ConnectionString);
        await using var note = dataSource.CreateCommand("INSERT INTO encryption.keys VALUES ('third', sha256('third'))");
        await note.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var client = host.NewClient();
        var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Encryption__Keys__third is missing");
    }

    [Fact]
    public async Task While_rows_are_in_clear_that_a_migration_has_left_it_is_not_ready_and_migrate_ends_it()
    {
        await using var host = new HostFixture();
        await host.InitializeAsync();
        await using var dataSource = Npgsql.NpgsqlDataSource.Create(host.ConnectionString);
        await using var anew = dataSource.CreateCommand(
            """
            ALTER TABLE customers.customers DROP CONSTRAINT ck_customers_email,
                ADD CONSTRAINT ck_customers_email CHECK (get_byte(email, 0) = 1) NOT VALID
            """
        );
        await anew.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        using var client = host.NewClient();

        var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(
            "Not encrypted yet: customers.customers. Run the verb"
        );
        await host.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        var encrypted = host.App.Services.GetRequiredService<EncryptedRows>();
        (await encrypted.FindPlainTablesAsync(dataSource, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private static async Task<string> WriteFileAsync(string text)
    {
        var file = Path.Combine(Path.GetTempPath(), $"keys-{Unique.Text()}.json");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }

    private static async Task ShouldNotStartAsync((string Name, string Value)[] settings, string message)
    {
        (await RunAsync([], settings, exitCode: 1)).ShouldContain($"Lending cannot start: {message}");
        (await RunAsync(["migrate"], settings, exitCode: 1)).ShouldContain($"Lending cannot start: {message}");
    }

    private static IEnumerable<(string Name, string Value)> Without(IEnumerable<(string Name, string Value)> settings, string name) =>
        settings.Where(setting => setting.Name != name);

    private static async Task<string> RunAsync(string[] arguments, (string Name, string Value)[] settings, int exitCode)
    {
        await using var lending = LendingProcess.Start(arguments, settings);
        (await lending.WaitForExitAsync()).ShouldBe(exitCode, lending.Output);
        return lending.Output;
    }
}
