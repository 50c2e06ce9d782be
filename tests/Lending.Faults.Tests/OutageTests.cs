using System.Net;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>
/// PostgreSQL goes while people write, and comes again. The host waits for it without end: whatever it refuses, it refuses because it was told so, and not after
/// a time-out.
/// </summary>
public sealed class OutageTests(OutageTests.Patient patient, ITestOutputHelper output) : IClassFixture<OutageTests.Patient>
{
    private const int Refusals = 50;

    private readonly MortalPostgres database = patient.Database;

    [Fact]
    public Task Killed_and_started() =>
        LosesNothingAsync(async load =>
        {
            await database.KillAsync();
            await load.UntilRefusedAsync(Refusals);
            await database.StartAsync();
        });

    [Fact]
    public Task Stopped_and_started() =>
        LosesNothingAsync(async load =>
        {
            await database.StopAsync();
            await load.UntilRefusedAsync(Refusals);
            await database.StartAsync();
        });

    /// <summary>The server then ends all of its processes, and recovers by itself.</summary>
    [Fact]
    public Task One_of_its_processes_is_killed() =>
        LosesNothingAsync(async _ =>
            LendingProcess.Signal(
                (int)(await database.QueryAsync("SELECT pid FROM pg_stat_activity WHERE usename = 'lending_app' LIMIT 1"))!,
                "KILL"
            )
        );

    [Fact]
    public Task It_takes_no_more_connections() =>
        LosesNothingAsync(async load =>
        {
            await database.QueryAsync("ALTER ROLE lending_app CONNECTION LIMIT 0");
            await database.QueryAsync(EndConnections);
            await load.UntilRefusedAsync(Refusals);
            await database.QueryAsync("ALTER ROLE lending_app CONNECTION LIMIT -1");
        });

    /// <summary>It does not even refuse. Then a time-out, which the host has by itself, is what a request waits for: that of its statement, and then that of connecting.</summary>
    [Fact]
    public async Task It_answers_neither_who_asks_nor_who_connects()
    {
        // The usual twenty seconds are too long to be waited for here.
        await using var impatient = await RunningHost.StartAsync($"{database.ConnectionString};Command Timeout=5");
        await LosesNothingAsync(
            async load =>
            {
                await using var connection = await database.ConnectAsync();
                database.Signal("STOP");
                // There can be no new ones now.
                var serving = await ProcessesAsync(connection);
                try
                {
                    serving.ForEach(process => LendingProcess.Signal(process, "STOP"));
                    await load.UntilRefusedAsync(WriteLoad.Writers);
                    await using var end = new Npgsql.NpgsqlCommand(EndConnections, connection);
                    await end.ExecuteNonQueryAsync();
                }
                finally
                {
                    serving.ForEach(process => LendingProcess.Signal(process, "CONT"));
                }
                // More than can have been told that their connection has ended.
                await load.UntilRefusedAsync(2 * WriteLoad.Writers);
                database.Signal("CONT");
            },
            impatient
        );
    }

    [Fact]
    public async Task A_host_that_starts_while_it_is_away_serves_when_it_is_there()
    {
        await database.StopAsync();
        await using var started = LendingProcess.Start([], LendingProcess.Production(database.ConnectionString));
        using var client = await started.NewClientAsync();
        var login = new { username = "administrator", password = LendingProcess.AdministratorPassword };

        (await client.SendAsync("POST", "/auth/login", login)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "database-unavailable");
        (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await database.StartAsync();
        (await client.SendAsync("POST", "/auth/login", login)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private const string EndConnections = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'lending_app'";

    private static async Task<List<int>> ProcessesAsync(Npgsql.NpgsqlConnection connection)
    {
        await using var find = new Npgsql.NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE usename = 'lending_app'", connection);
        await using var reader = await find.ExecuteReaderAsync();
        var processes = new List<int>();
        while (await reader.ReadAsync())
        {
            processes.Add(reader.GetInt32(0));
        }
        return processes;
    }

    private async Task LosesNothingAsync(Func<WriteLoad, Task> fault, RunningHost? by = null)
    {
        var host = by ?? patient.Host;
        await using var load = new WriteLoad(host.Administrator);
        await load.UntilAcknowledgedAsync(100);

        await fault(load);
        var recovered = await load.UntilAcknowledgedAsync(100);
        await load.EndAsync();

        var acknowledged = load.Acknowledged.Select(reply => reply.Id).ToArray();
        var keys = load.Replies.Select(reply => reply.Key).Distinct().ToArray();
        var found = (long)(await database.QueryAsync("SELECT count(*) FROM customers.customers WHERE id = ANY ($1)", acknowledged))!;
        var made = (long)(await database.QueryAsync("SELECT count(*) FROM customers.customers WHERE last_name = ANY ($1)", (object)keys))!;
        output.WriteLine(
            $"Load held: {load.Replies.Count} writes of {WriteLoad.Writers} writers. Fault injected: {TestContext.Current.TestMethod!.MethodName}. Acknowledged: "
                + $"{acknowledged.Length}, found: {found}; {keys.Length} keys made {made} rows. Refused: {load.Refused.Count()}, the slowest after "
                + $"{load.Refused.Select(reply => reply.Took.TotalMilliseconds).DefaultIfEmpty().Max():F0} ms. Back {recovered.TotalMilliseconds:F0} ms after the fault."
        );
        found.ShouldBe(acknowledged.Length);
        // Whoever was refused has tried again with the same key until it was done: each is done, and done once.
        acknowledged.Length.ShouldBe(keys.Length);
        acknowledged.Distinct().Count().ShouldBe(keys.Length);
        made.ShouldBe(keys.Length);
        load.Refused.ShouldNotBeEmpty();
        load.Refused.Select(reply => (reply.Status, reply.Code, reply.RetryAfter))
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldBe((503, "database-unavailable", TimeSpan.FromSeconds(2)));
        // One line in ten seconds, however many requests failed, and none with a stack trace.
        host.Process.Output.Split('\n')
            .Count(line => line.Contains("The database is not available", StringComparison.Ordinal))
            .ShouldBeInRange(1, 1 + (int)(host.Age.TotalSeconds / 10));
        host.Process.Output.ShouldNotContain("   at ");
    }

    /// <summary>A PostgreSQL, and a host on it that waits for it without end.</summary>
    public sealed class Patient(MigratedData migrated) : IAsyncLifetime
    {
        public MortalPostgres Database { get; } = new(migrated);

        internal RunningHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Database.InitializeAsync();
            Host = await RunningHost.StartAsync($"{Database.ConnectionString};Timeout=0;Command Timeout=0");
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
