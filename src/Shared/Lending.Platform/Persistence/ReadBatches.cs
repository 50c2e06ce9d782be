using System.Collections.Concurrent;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Sends short reads that come at the same time together, as one batch on one connection: waking one of PostgreSQL's processes for each costs more than
/// reading the row. A read that comes alone is sent at once and waits for nobody.
/// </summary>
internal sealed class ReadBatches(NpgsqlDataSource dataSource)
{
    // More would be smaller ones; a single one would be idle while its answers are read.
    private const int MostBatches = 2;

    // What comes behind them waits no longer than they take.
    private const int MostReads = 32;

    private readonly ConcurrentQueue<Read> waiting = new();
    private int batches;

    /// <summary>Reads rows: few, and quickly found, as others wait for them, too.</summary>
    /// <param name="command">The query.</param>
    /// <param name="read">Makes the result of a row.</param>
    /// <param name="ct">Ends the waiting, and not the batch that others wait for, too.</param>
    public Task<List<TResult>> ReadAsync<TResult>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, TResult> read, CancellationToken ct)
    {
        var reading = new Read<TResult>(command, read);
        waiting.Enqueue(reading);
        SendUnlessAllAreUnderWay();
        return reading.Result.WaitAsync(ct);
    }

    private void SendUnlessAllAreUnderWay()
    {
        if (Interlocked.Increment(ref batches) > MostBatches)
        {
            Interlocked.Decrement(ref batches);
            return;
        }
        // Without the context of who asked: a batch is nobody's.
        ThreadPool.UnsafeQueueUserWorkItem(static batches => _ = batches.SendAsync(), this, preferLocal: true);
    }

    private async Task SendAsync()
    {
        var reads = new List<Read>();
        while (Take(reads))
        {
            await SendAsync(reads);
            reads.Clear();
        }
        Interlocked.Decrement(ref batches);
        // Who came in between found all under way.
        if (!waiting.IsEmpty)
        {
            SendUnlessAllAreUnderWay();
        }
    }

    private bool Take(List<Read> reads)
    {
        while (reads.Count < MostReads && waiting.TryDequeue(out var read))
        {
            reads.Add(read);
        }
        return reads.Count > 0;
    }

    private async Task SendAsync(List<Read> reads)
    {
        var answered = 0;
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection);
            foreach (var read in reads)
            {
                batch.BatchCommands.Add(read.Command);
            }
            await using var reader = await batch.ExecuteReaderAsync();
            for (; answered < reads.Count; answered++)
            {
                await reads[answered].AnswerAsync(reader);
                await reader.NextResultAsync();
            }
        }
        // Whatever it is, those who wait have to learn it.
        catch (Exception exception)
        {
            foreach (var read in reads.Skip(answered))
            {
                read.Fail(exception);
            }
        }
    }

    private abstract class Read(NpgsqlBatchCommand command)
    {
        public NpgsqlBatchCommand Command { get; } = command;

        public abstract Task AnswerAsync(NpgsqlDataReader rows);

        public abstract void Fail(Exception exception);
    }

    private sealed class Read<TResult>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, TResult> read) : Read(command)
    {
        private readonly TaskCompletionSource<List<TResult>> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<List<TResult>> Result => result.Task;

        public override async Task AnswerAsync(NpgsqlDataReader rows)
        {
            var found = new List<TResult>();
            Exception? unreadable = null;
            while (await rows.ReadAsync())
            {
                try
                {
                    found.Add(read(rows));
                }
                catch (Exception exception)
                {
                    // Concerns nobody else in the batch.
                    unreadable = exception;
                }
            }
            if (unreadable is null)
            {
                result.SetResult(found);
            }
            else
            {
                result.SetException(unreadable);
            }
        }

        public override void Fail(Exception exception) => result.SetException(exception);
    }
}
