using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>What <c>ops</c> has for backups, on a PostgreSQL that people wrote to through the API.</summary>
public sealed class BackupTests(BackupTests.Written written, ITestOutputHelper output) : IClassFixture<BackupTests.Written>, IDisposable
{
    private readonly ArchivingPostgres database = written.Database;

    [Fact]
    public async Task What_was_there_at_a_second_of_the_past_is_there_again()
    {
        var noted = await ArchivingPostgres.ChecksumsAsync(database.ConnectionString);
        noted.Count.ShouldBeGreaterThan(40);
        noted["customers.customers"].ShouldStartWith($"{Written.Customers} rows");
        var second = await NextSecondAsync();
        // The accident, which is in the WAL as everything before it.
        await ArchivingPostgres.QueryAsync(
            database.ConnectionString,
            "TRUNCATE customers.customers CASCADE; DROP SCHEMA notifications CASCADE; UPDATE identity.users SET email = id || '@example.org'"
        );
        await database.OpsAsync("backup", "diff");
        await database.UntilArchivedAsync();
        var folder = database.NewFolder();

        var began = Stopwatch.GetTimestamp();
        await database.OpsAsync("restore", "--to", second, folder);
        var copied = Stopwatch.GetElapsedTime(began);
        await database.StartRestoredAsync(folder);
        var serves = Stopwatch.GetElapsedTime(began);

        var restored = await ArchivingPostgres.ChecksumsAsync(database.RestoredConnectionString);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Restored to {second}: {restored.Count} tables. Copied after {copied.TotalSeconds:F1} s, served after {serves.TotalSeconds:F1} s."
            )
        );
        restored.ShouldBe(noted);
        (await ArchivingPostgres.ChecksumsAsync(database.ConnectionString)).ShouldNotBe(noted);
        // It would write its own WAL among that of the one that serves.
        (await ArchivingPostgres.QueryAsync(database.RestoredConnectionString, "SHOW archive_mode")).ShouldBe("off");
    }

    [Fact]
    public async Task Nothing_is_restored_over_what_is_there_and_no_time_is_guessed()
    {
        (await database.TryAsync([ArchivingPostgres.Script("restore"), database.Data])).ShouldSatisfyAllConditions(
            failed => failed.ExitCode.ShouldBe(1),
            failed => failed.Output.ShouldContain("is not empty")
        );
        foreach (var time in (string[])["2026-11-29 12:00:00", "yesterday", ""])
        {
            (await database.TryAsync([ArchivingPostgres.Script("restore"), "--to", time, database.NewFolder()])).ExitCode.ShouldBe(2, time);
        }
    }

    [Fact]
    public async Task There_is_a_full_and_an_incremental_backup()
    {
        var backups = JsonElement.Parse(
            await database.RunAsync([.. ClusterCommands.AsPostgres, "pgbackrest", "--stanza=lending", "--output=json", "info"])
        );

        backups[0]
            .GetProperty("backup")
            .EnumerateArray()
            .Take(2)
            .Select(backup => backup.GetProperty("type").GetString())
            .ShouldBe(["full", "incr"]);
    }

    [Fact]
    public void Nothing_in_the_repository_can_be_read()
    {
        var files = Directory.EnumerateFiles(database.Repository, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).ToList();

        files.Count.ShouldBeGreaterThan(10);
        files.ShouldAllBe(file => IsEncrypted(file));
        files.ShouldAllBe(file => !Contains(file, written.LastName));
        written.IsReadableInDatabase.ShouldBeTrue("the database itself has the name for its search");
    }

    [Fact]
    public async Task The_drill_restores_what_is_newest_and_says_how_it_was()
    {
        var settings = LendingProcess
            .Production("")
            .Append(database.SigningKey)
            .Where(setting => !setting.Name.StartsWith("ConnectionStrings", StringComparison.Ordinal));
        string[] verify = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Lending.Host.dll"), "audit", "verify"];
        var (exitCode, said) = await database.TryAsync([ArchivingPostgres.Script("restore-drill"), Report, .. verify], [.. settings]);

        output.WriteLine(said);
        exitCode.ShouldBe(0, said);
        said.ShouldContain(" 0 findings.");
        said.ShouldNotContain("0 entries in 0 seals");
        var report = JsonElement.Parse(await File.ReadAllTextAsync(Report, TestContext.Current.CancellationToken));
        report.GetProperty("outcome").GetString().ShouldBe("passed");
        report.GetProperty("rows").GetProperty("identity.users").GetInt64().ShouldBeGreaterThan(Written.Customers);
        report
            .GetProperty("checkedAfterSeconds")
            .GetInt32()
            .ShouldBeGreaterThanOrEqualTo(report.GetProperty("servesAfterSeconds").GetInt32());
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("age")]
    public async Task The_drill_fails_where_a_backup_is_worth_nothing(string step)
    {
        var repository = database.NewFolder();
        await database.RunAsync("cp", "-a", database.Repository, repository);
        if (step == "restore")
        {
            foreach (var bundle in Directory.EnumerateFiles(Path.Combine(repository, "backup"), "1", SearchOption.AllDirectories))
            {
                await using var file = File.OpenWrite(bundle);
                file.Seek(file.Length / 2, SeekOrigin.Begin);
                await file.WriteAsync(new byte[100], TestContext.Current.CancellationToken);
            }
        }

        var (exitCode, said) = await database.TryAsync(
            [ArchivingPostgres.Script("restore-drill"), Report],
            ("PGBACKREST_REPO1_PATH", repository),
            ("OLDEST_SECONDS", step == "age" ? "-1" : "3600")
        );

        exitCode.ShouldNotBe(0, said);
        var report = JsonElement.Parse(await File.ReadAllTextAsync(Report, TestContext.Current.CancellationToken));
        report.GetProperty("outcome").GetString().ShouldBe("failed");
        report.GetProperty("failedAt").GetString().ShouldBe(step, said);
    }

    private string Report { get; } = Path.Combine(Path.GetTempPath(), $"drill-{Unique.Text()}.json");

    public void Dispose() => File.Delete(Report);

    /// <summary>Waits until a second begins, and answers it as it is given to <c>ops/restore</c>.</summary>
    private async Task<string> NextSecondAsync()
    {
        var next = (string)(await ArchivingPostgres.QueryAsync(database.ConnectionString, NextSecond))!;
        while (await ArchivingPostgres.QueryAsync(database.ConnectionString, $"SELECT clock_timestamp() > '{next}'") is false)
        {
            await Task.Delay(20);
        }
        return next;
    }

    private const string NextSecond =
        "SELECT to_char((date_trunc('second', clock_timestamp()) + interval '1 s') AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || '+00'";

    private static bool IsEncrypted(byte[] file) => file.AsSpan().StartsWith("Salted__"u8);

    private static bool Contains(byte[] file, string text) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    /// <summary>A database with customers in a full backup, others in an incremental one, and others in the WAL alone.</summary>
    public sealed class Written(MigratedData migrated) : IAsyncLifetime
    {
        public const int Customers = 60;

        public ArchivingPostgres Database { get; } = new(migrated);

        public string LastName { get; } = Unique.Text();

        /// <summary>Whether its files hold the name as it is, before anybody deletes it.</summary>
        public bool IsReadableInDatabase { get; private set; }

        public async ValueTask InitializeAsync()
        {
            await Database.InitializeAsync();
            await using var host = await RunningHost.StartAsync(
                Database.ConnectionString,
                Database.SigningKey,
                ("Audit__SealSeconds", "1")
            );
            foreach (var type in (string[])["full", "incr"])
            {
                await CreateCustomersAsync(host);
                await Database.OpsAsync("backup", type);
            }
            await CreateCustomersAsync(host);
            while (await ArchivingPostgres.QueryAsync(Database.ConnectionString, "SELECT count(*) FROM audit.seals") is 0L)
            {
                await Task.Delay(50);
            }
            // Nobody writes any more.
            host.Process.Terminate();
            (await host.Process.WaitForExitAsync()).ShouldBe(0);
            // Else PostgreSQL puts files into the repository while tests read it.
            await Database.UntilArchivedAsync();
            IsReadableInDatabase = Directory
                .EnumerateFiles(Path.Combine(Database.Data, "base"), "*", SearchOption.AllDirectories)
                .Any(file => Contains(File.ReadAllBytes(file), LastName));
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        private async Task CreateCustomersAsync(RunningHost host)
        {
            for (var number = 0; number < Customers / 3; number++)
            {
                await host.Administrator.PostAsync("/customers", WriteLoad.NewCustomer(LastName), HttpStatusCode.Created);
            }
        }
    }
}
