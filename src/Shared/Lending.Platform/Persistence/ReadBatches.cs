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

    private readonly Lock gate = new();
    private readonly Queue<Read> waiting = new();
    private int batches;

    /// <summary>Reads rows: few, and quickly found, as others wait for them, too.</summary>
    /// <param name="command">The query.</param>
    /// <param name="read">Makes the result of a row.</param>
    /// <param name="ct">Ends the waiting, and not the batch that others wait for, too.</param>
    public Task<List<TResult>> ReadAsync<TResult>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, TResult> read, CancellationToken ct)
    {
        var reading = new Read<TResult>(command, read);
        bool begins;
        lock (gate)
        {
            waiting.Enqueue(reading);
            begins = batches < MostBatches;
            batches += begins ? 1 : 0;
        }
        if (begins)
        {
            // Without the context of who asked: a batch is nobody's.
            ThreadPool.UnsafeQueueUserWorkItem(static batches => _ = batches.SendWaitingAsync(), this, preferLocal: true);
        }
        return reading.Result.WaitAsync(ct);
    }

    private async Task SendWaitingAsync()
    {
        var reads = new List<Read>();
        while (TakeOrEnd(reads))
        {
            await SendAsync(reads);
            reads.Clear();
        }
    }

    // Who comes after the last look at the queue begins anew.
    private bool TakeOrEnd(List<Read> reads)
    {
        lock (gate)
        {
            while (reads.Count < MostReads && waiting.TryDequeue(out var read))
            {
                reads.Add(read);
            }
            if (reads.Count == 0)
            {
                batches--;
            }
        }
        return reads.Count > 0;
    }

    private async Task SendAsync(List<Read> reads)
    {
        Exception? failure = null;
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection);
            foreach (var read in reads)
            {
                batch.BatchCommands.Add(read.Command);
            }
            await using var reader = await batch.ExecuteReaderAsync();
            foreach (var read in reads)
            {
                await read.TakeAsync(reader);
                await reader.NextResultAsync();
            }
        }
        // Whatever it is, those who wait have to learn it.
        catch (Exception exception)
        {
            failure = exception;
        }
        foreach (var read in reads)
        {
            read.Answer(failure);
        }
    }

    private abstract class Read(NpgsqlBatchCommand command)
    {
        public NpgsqlBatchCommand Command { get; } = command;

        /// <summary>Takes the rows, and tells nobody yet.</summary>
        public abstract Task TakeAsync(NpgsqlDataReader rows);

        /// <summary>Tells the rows, or the failure of a batch that did not get as far.</summary>
        public abstract void Answer(Exception? failure);
    }

    private sealed class Read<TResult>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, TResult> read) : Read(command)
    {
        private readonly TaskCompletionSource<List<TResult>> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<TResult> found = [];
        private bool isTaken;
        private Exception? unreadable;

        public Task<List<TResult>> Result => result.Task;

        public override async Task TakeAsync(NpgsqlDataReader rows)
        {
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
            isTaken = true;
        }

        public override void Answer(Exception? failure)
        {
            if ((isTaken ? unreadable : failure) is { } exception)
            {
                result.SetException(exception);
            }
            else
            {
                result.SetResult(found);
            }
        }
    }
}
