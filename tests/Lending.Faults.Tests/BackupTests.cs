using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Lending.Platform.Persistence;
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
        // One of those that the host has kept, named by their ids; other tests have put theirs beside them.
        var file = Directory
            .EnumerateFiles(database.Documents, "*", SearchOption.AllDirectories)
            .First(path => Guid.TryParseExact(Path.GetFileName(path), "N", out _));
        var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        // The accident, which is in the WAL as everything before it.
        await ArchivingPostgres.QueryAsync(
            database.ConnectionString,
            "TRUNCATE customers.customers CASCADE; DROP SCHEMA notifications CASCADE; UPDATE identity.users SET email = id || '@example.org'"
        );
        await database.OpsAsync("backup", "diff");
        await database.UntilArchivedAsync();
        File.Delete(file);
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
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(content);
        (await ArchivingPostgres.ChecksumsAsync(database.ConnectionString)).ShouldNotBe(noted);
        // It would write its own WAL among that of the one that serves.
        (await ArchivingPostgres.QueryAsync(database.RestoredConnectionString, "SHOW archive_mode")).ShouldBe("off");
    }

    [Fact]
    public async Task Uploaded_files_are_copied_once_and_those_that_are_just_arriving_never()
    {
        foreach (var name in (string[])["a1/whole-a1", "incoming/half", "b2/other b2"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(database.Documents, name))!);
            await File.WriteAllTextAsync(Path.Combine(database.Documents, name), "first", TestContext.Current.CancellationToken);
        }
        await database.RunAsync("chmod", "700", Path.Combine(database.Documents, "a1"));
        await database.OpsAsync("backup", "files");
        // What hosts delete may be in an older state of the database, and what they have written never changes.
        File.Delete(Path.Combine(database.Documents, "b2/other b2"));
        await File.WriteAllTextAsync(Path.Combine(database.Documents, "a1/whole-a1"), "second", TestContext.Current.CancellationToken);
        await database.OpsAsync("backup", "files");

        (
            await File.ReadAllTextAsync(Path.Combine(database.DocumentsBackup, "a1/whole-a1"), TestContext.Current.CancellationToken)
        ).ShouldBe("first");
        File.Exists(Path.Combine(database.DocumentsBackup, "b2/other b2")).ShouldBeTrue();
        Directory.EnumerateFiles(Path.Combine(database.DocumentsBackup, "incoming")).ShouldBeEmpty();
        // Whoever may write into a folder may write into its copy, which becomes the folder one day.
        (await database.RunAsync("stat", "--format=%a", Path.Combine(database.DocumentsBackup, "a1")))
            .Trim()
            .ShouldBe("700");
        var (exitCode, said) = await database.TryAsync([ArchivingPostgres.Script("backup"), "files"], ("DOCUMENTS_BACKUP", ""));
        exitCode.ShouldNotBe(0);
        said.ShouldContain("says where they are copied to");
        // As where the disk of either is not mounted.
        (exitCode, said) = await database.TryAsync(
            [ArchivingPostgres.Script("backup"), "files"],
            ("DOCUMENTS_BACKUP", Path.Combine(database.DocumentsBackup, "away"))
        );
        (exitCode, said.Contains("is its disk?", StringComparison.Ordinal)).ShouldBe((1, true), said);
        var empty = Directory.CreateDirectory(database.NewFolder()).FullName;
        (exitCode, said) = await database.TryAsync([ArchivingPostgres.Script("copy-files"), empty, database.DocumentsBackup]);
        (exitCode, said.Contains("is its disk there?", StringComparison.Ordinal)).ShouldBe((1, true), said);
    }

    [Fact]
    public async Task What_alerts_are_made_of_is_told()
    {
        written.Metrics.ShouldContain("\nlending_backup_wal_oldest_seconds");
        (await FiguresAsync("lending_backup"))["lending_backup_ended_timestamp_seconds"].ShouldBeGreaterThan(1_700_000_000);
        // As where the archive is away: the archiver does nothing without a command.
        await ArchivingPostgres.QueryAsync(database.ConnectionString, "ALTER SYSTEM SET archive_command = ''");
        try
        {
            await ArchivingPostgres.QueryAsync(database.ConnectionString, "SELECT pg_reload_conf()");
            while (await WalHasWaitedAsync() < 3600)
            {
                await ArchivingPostgres.QueryAsync(
                    database.ConnectionString,
                    "SELECT pg_logical_emit_message(false, 'test', 'something to archive') IS NULL, pg_switch_wal()"
                );
            }
        }
        finally
        {
            await ArchivingPostgres.QueryAsync(database.ConnectionString, "ALTER SYSTEM RESET archive_command");
            await ArchivingPostgres.QueryAsync(database.ConnectionString, "SELECT pg_reload_conf()");
        }
        while (await WalHasWaitedAsync() > 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
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
        const string onlyCopied = "c3/only-copied-c3";
        Directory.CreateDirectory(Path.Combine(database.DocumentsBackup, "c3"));
        await File.WriteAllTextAsync(Path.Combine(database.DocumentsBackup, onlyCopied), "", TestContext.Current.CancellationToken);

        var (exitCode, said) = await database.TryAsync([ArchivingPostgres.Script("restore-drill"), Report, .. verify], [.. settings]);

        output.WriteLine(said);
        exitCode.ShouldBe(0, said);
        said.ShouldContain(" 0 findings.");
        said.ShouldNotContain("0 entries in 0 seals");
        var report = JsonElement.Parse(await File.ReadAllTextAsync(Report, TestContext.Current.CancellationToken));
        report.GetProperty("outcome").GetString().ShouldBe("passed");
        (await FiguresAsync("lending_restore_drill"))["lending_restore_drill_passed"].ShouldBe(1);
        File.Exists(Path.Combine(database.Documents, onlyCopied)).ShouldBeFalse("the files of those who serve are none of the drill's");
        report.GetProperty("rows").GetProperty("identity.users").GetInt64().ShouldBeGreaterThan(Written.Customers);
        report
            .GetProperty("checkedAfterSeconds")
            .GetInt32()
            .ShouldBeGreaterThanOrEqualTo(report.GetProperty("servesAfterSeconds").GetInt32());
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("age")]
    [InlineData("files")]
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
            ("OLDEST_SECONDS", step == "age" ? "-1" : "3600"),
            ("DOCUMENTS_BACKUP", step == "files" ? database.NewFolder() : database.DocumentsBackup)
        );

        exitCode.ShouldNotBe(0, said);
        var report = JsonElement.Parse(await File.ReadAllTextAsync(Report, TestContext.Current.CancellationToken));
        report.GetProperty("outcome").GetString().ShouldBe("failed");
        var figures = await FiguresAsync("lending_restore_drill");
        figures["lending_restore_drill_passed"].ShouldBe(0);
        figures["lending_restore_drill_ended_timestamp_seconds"].ShouldBeGreaterThan(1_700_000_000);
        report.GetProperty("failedAt").GetString().ShouldBe(step, said);
    }

    /// <summary>What a host would count in an hour.</summary>
    private async Task<double> WalHasWaitedAsync() =>
        (double)
            (
                await ArchivingPostgres.QueryAsync(
                    database.ConnectionString,
                    ArchiveFigures.Oldest.Sql.Replace("$1", "now() + interval '1 hour'", StringComparison.Ordinal)
                )
            )!;

    /// <summary>What a script has told Prometheus.</summary>
    private async Task<Dictionary<string, double>> FiguresAsync(string name) =>
        (await File.ReadAllLinesAsync(Path.Combine(database.Metrics, $"{name}.prom"), TestContext.Current.CancellationToken))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

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

        /// <summary>What the host told Prometheus.</summary>
        public string Metrics { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            await Database.InitializeAsync();
            var port = FreePort.Find();
            await using var host = await RunningHost.StartAsync(
                Database.ConnectionString,
                Database.SigningKey,
                ("Audit__SealSeconds", "1"),
                ("Documents__Folder", Database.Documents),
                ("Metrics__Port", port.ToString(CultureInfo.InvariantCulture))
            );
            foreach (var type in (string[])["full", "incr"])
            {
                await UploadAsync(host, await CreateCustomersAsync(host));
                await Database.OpsAsync("backup", type);
            }
            await CreateCustomersAsync(host);
            while (await ArchivingPostgres.QueryAsync(Database.ConnectionString, "SELECT count(*) FROM audit.seals") is 0L)
            {
                await Task.Delay(50);
            }
            using var prometheus = new HttpClient();
            for (var look = 0; look < 600 && !Metrics.Contains("\nlending_backup_wal_oldest_seconds", StringComparison.Ordinal); look++)
            {
                Metrics = await prometheus.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"));
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

        /// <summary>Answers the last of them.</summary>
        private async Task<Guid> CreateCustomersAsync(RunningHost host)
        {
            var last = Guid.Empty;
            for (var number = 0; number < Customers / 3; number++)
            {
                last = (await host.Administrator.PostAsync("/customers", WriteLoad.NewCustomer(LastName), HttpStatusCode.Created)).Id;
            }
            return last;
        }

        private static async Task UploadAsync(RunningHost host, Guid customerId)
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent($"{customerId}"), "customerId" },
                { new StringContent("PAYSLIP"), "kind" },
                { new ByteArrayContent(PdfFile.Of(Unique.Text())), "file", "payslip.pdf" },
            };
            using var answer = await host.Administrator.PostAsync(new Uri("/api/v1/documents", UriKind.Relative), form);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }
    }
}
