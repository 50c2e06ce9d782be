using System.Net;
using Lending.Host.Health;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Lending.Host.Tests.Running;

/// <summary>Whoever asks whether the host is ready, and however often, takes nothing away from requests.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private const int PoolSize = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HostFixture host = new() { MaximumPoolSize = PoolSize };
    private NpgsqlDataSource database = null!;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        database = NpgsqlDataSource.Create(host.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task While_requests_have_all_connections_the_host_tells_that_it_is_ready()
    {
        var pool = host.App.Services.GetRequiredService<NpgsqlDataSource>();
        var taken = new List<NpgsqlConnection>();
        for (var number = 0; number < PoolSize; number++)
        {
            taken.Add(await pool.OpenConnectionAsync());
        }

        (await AskAsync().WaitAsync(Patience)).ShouldBe(HttpStatusCode.OK);

        foreach (var connection in taken)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task However_many_ask_the_database_is_asked_once_and_requests_have_their_connections()
    {
        // A host that was ready stays so where the database takes too long to tell, as on a busy machine.
        (await AskAsync()).ShouldBe(HttpStatusCode.OK);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE identity.__ef_migrations_history IN ACCESS EXCLUSIVE MODE", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }
        // That answer holds no longer.
        await Task.Delay(TimeSpan.FromSeconds(1.1));

        var asking = Enumerable.Range(0, 200).Select(_ => AskAsync()).ToList();
        var most = 0L;
        await Wait.UntilAsync(() => (most = Math.Max(most, Locked)) > 0);
        await host.Administrator.GetAsync("/organizations", HttpStatusCode.OK).WaitAsync(Patience);
        Math.Max(most, Locked).ShouldBe(1);
        await transaction.CommitAsync();

        (await Task.WhenAll(asking).WaitAsync(Patience)).ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_a_migration_keeps_its_history_a_host_stays_what_it_was()
    {
        (await AskAsync()).ShouldBe(HttpStatusCode.OK);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE identity.__ef_migrations_history IN ACCESS EXCLUSIVE MODE", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }
        await Task.Delay(TimeSpan.FromSeconds(1));

        (await AskAsync().WaitAsync(Patience)).ShouldBe(HttpStatusCode.OK);
        // Who was never ready does not get ready by it.
        await using var another = ActivatorUtilities.CreateInstance<DatabaseHealth>(host.App.Services);
        var answer = await another.CheckHealthAsync(new HealthCheckContext());
        answer.Status.ShouldBe(HealthStatus.Unhealthy);
        answer.Description.ShouldBe("A migration is under way.");
    }

    [Fact]
    public async Task An_answer_holds_for_a_second()
    {
        var clock = new TestClock();
        clock.Stop();
        await using var health = ActivatorUtilities.CreateInstance<DatabaseHealth>(host.App.Services, clock);
        (await StatusAsync()).ShouldBe(HealthStatus.Healthy);
        await ExecuteAsync("ALTER TABLE loans.__ef_migrations_history RENAME TO away");
        (await StatusAsync()).ShouldBe(HealthStatus.Healthy);

        clock.Advance(TimeSpan.FromSeconds(1));

        (await StatusAsync()).ShouldBe(HealthStatus.Unhealthy);
        await ExecuteAsync("ALTER TABLE loans.away RENAME TO __ef_migrations_history");
        clock.Advance(TimeSpan.FromSeconds(1));
        (await StatusAsync()).ShouldBe(HealthStatus.Healthy);

        async Task<HealthStatus> StatusAsync() => (await health.CheckHealthAsync(new HealthCheckContext())).Status;
    }

    /// <summary>How many wait for a lock.</summary>
    private long Locked
    {
        get
        {
            using var count = database.CreateCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            );
            return (long)count.ExecuteScalar()!;
        }
    }

    private async Task<HttpStatusCode> AskAsync()
    {
        using var answer = await host.Anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return answer.StatusCode;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
