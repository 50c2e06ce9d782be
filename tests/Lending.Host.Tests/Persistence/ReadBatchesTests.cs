using System.Globalization;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Persistence;

/// <summary>Reads that travel together stay apart.</summary>
public sealed class ReadBatchesTests : IAsyncLifetime
{
    private static readonly RowScope Whose = new(Guid.Empty);

    private NpgsqlDataSource database = null!;
    private ReadBatches<ReadBatchesTests> batches = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await TestDatabase.CreateAsync($"reads_{Unique.Text()}"))
        {
            // One that is not given back is missed at once.
            MaxPoolSize = 2,
            Timeout = 5,
        };
        database = NpgsqlDataSource.Create(connection);
        batches = new ReadBatches<ReadBatchesTests>(database);
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Each_gets_its_own_answer_and_few_commands_are_sent()
    {
        const int reads = 500;
        var host = new ServiceCollection().AddSingleton(database).BuildServiceProvider();

        string?[] answers = [];
        var commands = await host.CommandsOfAsync(async () =>
            answers = await Task.WhenAll(Enumerable.Range(0, reads).Select(number => EchoAsync(number)))
        );

        // Every tenth finds no row.
        answers.ShouldBe(Enumerable.Range(0, reads).Select(number => number % 10 == 0 ? null : Text(number)));
        commands.Count.ShouldBeInRange(1, reads / 2);
    }

    [Fact]
    public async Task Who_reads_alone_is_answered_each_time()
    {
        for (var number = 1; number < 10; number++)
        {
            (await EchoAsync(number)).ShouldBe(Text(number));
        }
    }

    [Fact]
    public async Task What_fails_in_PostgreSQL_is_told_and_leaves_nothing_behind()
    {
        for (var number = 0; number < 5; number++)
        {
            var error = await Should.ThrowAsync<PostgresException>(() =>
                batches.ReadAsync(Whose, new NpgsqlBatchCommand("SELECT (1 / 0)::text"), row => row.GetString(0), CancellationToken.None)
            );
            error.SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
        }
        (await EchoAsync(1)).ShouldBe(Text(1));
    }

    [Fact]
    public async Task Nobody_waits_for_ever_for_what_was_behind_a_failure()
    {
        for (var number = 0; number < 5; number++)
        {
            // Both batches are under way, so what follows waits for the next one.
            var slow = SleepAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            var other = SleepAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            var before = EchoAsync(1);
            var failing = batches.ReadAsync(Whose, new NpgsqlBatchCommand("SELECT 1 / 0"), row => row.GetInt32(0), CancellationToken.None);
            var behind = EchoAsync(2);
            var all = Task.WhenAll(slow, other, before, failing, behind);

            await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(20)));

            all.IsCompleted.ShouldBeTrue();
            (await before).ShouldBe(Text(1));
            await Should.ThrowAsync<PostgresException>(() => failing);
        }
        (await EchoAsync(1)).ShouldBe(Text(1));
    }

    [Fact]
    public async Task In_bursts_nobody_is_forgotten()
    {
        for (var number = 0; number < 300; number++)
        {
            await Task.WhenAll(Enumerable.Range(1, 5).Select(_ => Task.Run(() => EchoAsync(1)))).WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task What_cannot_be_read_concerns_nobody_else()
    {
        var answers = Enumerable.Range(1, 9).Select(number => EchoAsync(number)).ToList();
        var unreadable = batches.ReadAsync<string>(
            Whose,
            new NpgsqlBatchCommand("SELECT 1"),
            _ => throw new FormatException(),
            CancellationToken.None
        );
        answers.AddRange(Enumerable.Range(11, 9).Select(number => EchoAsync(number)));

        await Should.ThrowAsync<FormatException>(() => unreadable);
        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer != null);
    }

    [Fact]
    public async Task Who_goes_away_takes_nobody_along()
    {
        using var gone = new CancellationTokenSource();
        var slow = new NpgsqlBatchCommand("SELECT pg_sleep(0.5)::text");
        var leaving = batches.ReadAsync(Whose, slow, row => row.GetString(0), gone.Token);
        var staying = Enumerable.Range(1, 9).Select(number => EchoAsync(number)).ToList();

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => leaving);
        (await Task.WhenAll(staying)).ShouldBe(Enumerable.Range(1, 9).Select(Text));
    }

    [Fact]
    public async Task After_the_connections_were_lost_reads_are_answered_again()
    {
        (await EchoAsync(1)).ShouldBe(Text(1));
        await using (var other = NpgsqlDataSource.Create(database.ConnectionString))
        await using (
            var end = other.CreateCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        {
            await end.ExecuteNonQueryAsync();
        }

        await Should.ThrowAsync<NpgsqlException>(() => EchoAsync(1));
        (await EchoAsync(1)).ShouldBe(Text(1));
    }

    [Fact]
    public async Task Of_several_rows_all_come_in_order()
    {
        var lists = Enumerable
            .Range(0, 50)
            .Select(count =>
            {
                var command = new NpgsqlBatchCommand("SELECT n FROM generate_series(1, $1) n ORDER BY n DESC");
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
                return batches.ReadAsync(Whose, command, row => row.GetInt32(0), CancellationToken.None);
            })
            .ToList();
        for (var count = 0; count < lists.Count; count++)
        {
            (await lists[count]).ShouldBe(Enumerable.Range(1, count).Reverse());
        }
    }

    private Task<List<string>> SleepAsync() =>
        batches.ReadAsync(Whose, new NpgsqlBatchCommand("SELECT pg_sleep(0.3)::text"), row => row.GetString(0), CancellationToken.None);

    private async Task<string?> EchoAsync(int number)
    {
        var command = new NpgsqlBatchCommand("SELECT $1::text WHERE $1 % 10 <> 0");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        return (await batches.ReadAsync(Whose, command, row => row.GetString(0), CancellationToken.None)).SingleOrDefault();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
