using System.Threading.Channels;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Sends reads of few rows that come at the same time together, on one connection: waking one of PostgreSQL's processes for each costs more than
/// reading the rows. A read that comes alone is sent at once. Slices ask for it where a measurement shows that it is worth it; each module has its own.
/// </summary>
public sealed class ReadBatches<TModule>
{
    // What comes behind them waits no longer than they take.
    private const int MostReads = 32;

    private readonly Channel<Read> waiting = Channel.CreateUnbounded<Read>();
    private readonly NpgsqlDataSource dataSource;

    /// <summary>Begins to wait for reads.</summary>
    public ReadBatches(NpgsqlDataSource dataSource)
    {
        this.dataSource = dataSource;
        // Without the context of whoever asked first: a batch is nobody's.
        ThreadPool.UnsafeQueueUserWorkItem(static batches => _ = batches.SendAllAsync(), this, preferLocal: false);
    }

    internal Task<List<T>> ReadAsync<T>(RowScope scope, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        var result = new TaskCompletionSource<List<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Writer.TryWrite(new Read(scope, command, TakeAsync, exception => result.TrySetException(exception), ct));
        return result.Task.WaitAsync(ct);

        async Task TakeAsync(NpgsqlDataReader rows)
        {
            var found = new List<T>();
            try
            {
                while (await rows.ReadAsync(CancellationToken.None))
                {
                    found.Add(read(rows));
                }
                result.TrySetResult(found);
            }
            // A row that cannot be read concerns nobody else in the batch.
            catch (Exception exception) when (exception is not NpgsqlException)
            {
                result.TrySetException(exception);
            }
        }
    }

    private async Task SendAllAsync()
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            var reads = new List<Read>();
            while (reads.Count < MostReads && waiting.Reader.TryRead(out var read))
            {
                reads.Add(read);
            }
            // Who has gone away needs no answer.
            reads.RemoveAll(read => read.Asked.IsCancellationRequested);
            if (reads.Count == 0)
            {
                continue;
            }
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync();
                await using var batch = new NpgsqlBatch(connection) { Timeout = 5 };
                // All of a batch is one transaction, which remembers whose rows it was told of.
                var whose = reads.Select((read, place) => place == 0 || reads[place - 1].Scope != read.Scope).ToList();
                foreach (var (place, read) in reads.Index())
                {
                    if (whose[place])
                    {
                        batch.BatchCommands.Add(read.Scope.Telling);
                    }
                    batch.BatchCommands.Add(read.Command);
                }
                await using var rows = await batch.ExecuteReaderAsync();
                foreach (var (place, read) in reads.Index())
                {
                    if (whose[place])
                    {
                        await rows.NextResultAsync();
                    }
                    await read.TakeAsync(rows);
                    await rows.NextResultAsync();
                }
            }
            // Whatever it is, those who still wait have to learn it.
            catch (Exception exception)
            {
                reads.ForEach(read => read.Fail(exception));
            }
        }
    }

    private sealed record Read(
        RowScope Scope,
        NpgsqlBatchCommand Command,
        Func<NpgsqlDataReader, Task> TakeAsync,
        Action<Exception> Fail,
        CancellationToken Asked
    );
}
