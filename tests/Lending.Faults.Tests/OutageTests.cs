using System.Diagnostics;
using System.Net;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>PostgreSQL goes while people write, and comes again.</summary>
public sealed class OutageTests(MortalPostgres database, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(database.ConnectionString);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public Task Killed_and_started() =>
        LosesNothingAsync(async () =>
        {
            await database.KillAsync();
            await Task.Delay(Outage);
            await database.StartAsync();
        });

    [Fact]
    public Task Stopped_and_started() =>
        LosesNothingAsync(async () =>
        {
            await database.StopAsync();
            await Task.Delay(Outage);
            await database.StartAsync();
        });

    /// <summary>The server then ends all of its processes, and recovers by itself.</summary>
    [Fact]
    public Task One_of_its_processes_is_killed() =>
        LosesNothingAsync(async () =>
            LendingProcess.Signal(
                (int)(await database.QueryAsync("SELECT pid FROM pg_stat_activity WHERE usename = 'lending_app' LIMIT 1"))!,
                "KILL"
            )
        );

    [Fact]
    public Task It_takes_no_more_connections() =>
        LosesNothingAsync(async () =>
        {
            await database.QueryAsync("ALTER ROLE lending_app CONNECTION LIMIT 0");
            await database.QueryAsync(EndConnections);
            await Task.Delay(Outage);
            await database.QueryAsync("ALTER ROLE lending_app CONNECTION LIMIT -1");
        });

    /// <summary>It does not even refuse, so that the time-out of connecting is what a request waits for.</summary>
    [Fact]
    public Task It_does_not_answer_who_connects() =>
        LosesNothingAsync(
            async () =>
            {
                await using var connection = await database.ConnectAsync();
                database.Signal("STOP");
                await using (var end = new Npgsql.NpgsqlCommand(EndConnections, connection))
                {
                    await end.ExecuteNonQueryAsync();
                }
                await Task.Delay(TimeSpan.FromSeconds(5));
                database.Signal("CONT");
            },
            longest: TimeSpan.FromSeconds(5)
        );

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

    private async Task LosesNothingAsync(Func<Task> fault, TimeSpan? longest = null)
    {
        await using var load = new WriteLoad(host.Administrator);
        await load.UntilAcknowledgedAsync(100, Patience);

        var began = Stopwatch.GetTimestamp();
        await fault();
        var recovered = await load.UntilAcknowledgedAsync(100, Patience);
        var lasted = Stopwatch.GetElapsedTime(began);
        await load.EndAsync();

        var acknowledged = load.Acknowledged.Select(reply => reply.Id).ToArray();
        var keys = load.Replies.Select(reply => reply.Key).Distinct().ToArray();
        var found = (long)(await database.QueryAsync("SELECT count(*) FROM customers.customers WHERE id = ANY ($1)", acknowledged))!;
        var made = (long)(await database.QueryAsync("SELECT count(*) FROM customers.customers WHERE last_name = ANY ($1)", (object)keys))!;
        output.WriteLine(
            $"Load held: {load.Replies.Count} writes of 8 writers. Fault injected: {TestContext.Current.TestMethod!.MethodName}. Acknowledged: "
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
        load.Refused.Max(reply => reply.Took).ShouldBeLessThan(longest ?? TimeSpan.FromSeconds(3));
        // One line in ten seconds, however many requests failed, and none with a stack trace.
        host.Process.Output.Split('\n')
            .Count(line => line.Contains("The database is not available", StringComparison.Ordinal))
            .ShouldBeInRange(1, 1 + (int)(lasted.TotalSeconds / 10));
        host.Process.Output.ShouldNotContain("   at ");
    }
}
