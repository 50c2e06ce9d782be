using Lending.Platform.Audit;
using Lending.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Host.Tests.Audit;

/// <summary>Entries of reads wait for each other, but not for long, and not more than the queue holds.</summary>
public sealed class AuditedReadsTests : IAsyncLifetime
{
    private const int MostQueued = 10_000;
    private const int MostInHand = 1_000;

    private static readonly Guid Organization = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private readonly HostFixture host = new();
    private readonly CollectingLog log = new();
    private readonly WatchedClock clock = new();
    private LoggerFactory loggers = null!;
    private NpgsqlDataSource owner = null!;
    private NpgsqlDataSource api = null!;
    private AuditedReads reads = null!;

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        owner = NpgsqlDataSource.Create(host.ConnectionString);
        api = NpgsqlDataSource.Create(TestDatabase.ApiOf(host.ConnectionString));
        loggers = new LoggerFactory([log]);
        reads = new AuditedReads(api, clock, loggers.CreateLogger<AuditedReads>());
        await reads.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        reads.Dispose();
        loggers.Dispose();
        await api.DisposeAsync();
        await owner.DisposeAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Who_finds_the_queue_full_waits_and_nothing_is_dropped()
    {
        var accepted = 0;
        await using (var connection = await owner.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using (var hold = new NpgsqlCommand("LOCK TABLE audit.entries", connection))
            {
                await hold.ExecuteNonQueryAsync();
            }
            ValueTask adding;
            while ((adding = reads.AddAsync(NewEntry())).IsCompletedSuccessfully)
            {
                (++accepted).ShouldBeLessThanOrEqualTo(MostQueued + MostInHand);
            }
            accepted.ShouldBeGreaterThanOrEqualTo(MostQueued);
            await transaction.RollbackAsync();
            await adding;
        }
        await reads.StopAsync(CancellationToken.None);

        (await CountAsync()).ShouldBe(accepted + 1);
        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_waits_for_others_for_less_than_a_second()
    {
        await reads.AddAsync(NewEntry());
        while (await CountAsync() == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        clock.Waited.ShouldBe([TimeSpan.FromMilliseconds(500)]);
    }

    [Fact]
    public async Task What_could_not_be_written_before_the_end_is_told()
    {
        await api.DisposeAsync();
        for (var number = 0; number < 3; number++)
        {
            await reads.AddAsync(NewEntry());
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await reads.StopAsync(patience.Token);
        await reads.ExecuteTask!;

        log.Lines.ShouldContain(line => line.StartsWith("3 reads of personal data are not in the audit log", StringComparison.Ordinal));
    }

    /// <summary>As when the connection broke after the commit and before anybody heard of it.</summary>
    [Fact]
    public async Task What_is_written_already_is_not_written_twice_and_holds_up_nobody()
    {
        var written = NewEntry();
        await reads.AddAsync(written);
        while (await CountAsync() == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
        await reads.AddAsync(written);
        await reads.AddAsync(NewEntry());
        await reads.StopAsync(CancellationToken.None);

        (await CountAsync()).ShouldBe(2);
    }

    private static AuditEntry NewEntry()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new AuditEntry
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            OrganizationId = Organization,
            Action = AuditAction.Read,
            EntityType = "Customer",
        };
    }

    private async Task<long> CountAsync()
    {
        await using var count = owner.CreateCommand("SELECT count(*) FROM audit.entries WHERE organization_id = $1");
        count.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Organization });
        return (long)(await count.ExecuteScalarAsync())!;
    }

    /// <summary>Tells how long somebody asked to wait.</summary>
    private sealed class WatchedClock : TimeProvider
    {
        public List<TimeSpan> Waited { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
