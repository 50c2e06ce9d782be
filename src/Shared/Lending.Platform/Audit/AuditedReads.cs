using System.Threading.Channels;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Audit;

/// <summary>
/// Writes entries of reads together, half a second after the first of them, so that reading does not become writing. Whoever finds the queue full waits:
/// nothing is dropped while the process lives. A crash loses what waits.
/// </summary>
internal sealed class AuditedReads(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<AuditedReads> logger) : BackgroundService
{
    private const string Columns =
        "id, at, organization_id, action, operation, entity_type, entity_id, customer_id, user_id, api_key_id, session_id, address, request_id";

    /// <summary>The statement of entries that show one thing each, which are its parameters: a third of the cost.</summary>
    public const string InsertSql =
        $"INSERT INTO audit.entries ({Columns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    private const int MostWaiting = 10_000;
    private const int MostTogether = 1_000;

    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly Channel<AuditEntry> waiting = Channel.CreateBounded<AuditEntry>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );

    /// <summary>Queues an entry.</summary>
    public ValueTask AddAsync(AuditEntry entry) => waiting.Writer.WriteAsync(entry);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Requests have ended by now. What they left is still written.
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } writing)
        {
            await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<AuditEntry>(MostTogether);
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            // A queue that is closed or long need not wait for more.
            if (!waiting.Reader.Completion.IsCompleted && waiting.Reader.Count < MostTogether)
            {
                await Task.Delay(Together, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while (batch.Count < MostTogether && waiting.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }
            var isSentAgain = false;
            while (batch.Count > 0 && !await TryWriteAsync(batch, isSentAgain))
            {
                isSentAgain = true;
                if (stoppingToken.IsCancellationRequested)
                {
                    logger.LogError(
                        "{Count} reads of personal data are not in the audit log: the host stopped before they could be written",
                        batch.Count + waiting.Reader.Count
                    );
                    return;
                }
                await Task.Delay(PauseAfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            batch.Clear();
        }
    }

    private async Task<bool> TryWriteAsync(List<AuditEntry> batch, bool isSentAgain)
    {
        try
        {
            await using var commands = dataSource.CreateBatch();
            commands.BatchCommands.Add(RowScope.Every.Telling);
            // Lists of different lengths make no array of arrays.
            if (batch.Where(entry => entry.ShownIds is null).ToList() is { Count: > 0 } single)
            {
                commands.BatchCommands.Add(InsertOf(single, isSentAgain));
            }
            foreach (var list in batch.Where(entry => entry.ShownIds is not null))
            {
                commands.BatchCommands.Add(AuditInserts.CommandOf(list, isSentAgain));
            }
            await commands.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        }
        // The database may be away for a moment. They wait, and so do those who come when the queue is full.
        catch (Exception exception)
        {
            var error = (exception as PostgresException)?.SqlState ?? exception.GetType().Name;
            logger.LogError("Reads of personal data cannot be written to the audit log now: {Error}", error);
            return IsOfTheData(exception) && await WriteOneByOneAsync(batch);
        }
    }

    // Data exceptions and broken constraints: trying again would not help, and all others would wait behind it.
    private static bool IsOfTheData(Exception exception) => exception is PostgresException { SqlState: ['2', '2' or '3', ..] };

    private async Task<bool> WriteOneByOneAsync(List<AuditEntry> batch)
    {
        if (batch is [var wrong])
        {
            logger.LogError("The audit log does not take the entry {EntryId} of a read", wrong.Id);
            return true;
        }
        while (batch.Count > 0 && await TryWriteAsync([batch[0]], isSentAgain: true))
        {
            batch.RemoveAt(0);
        }
        return batch.Count == 0;
    }

    private static NpgsqlBatchCommand InsertOf(List<AuditEntry> entries, bool isSentAgain)
    {
        return new NpgsqlBatchCommand(isSentAgain ? InsertSql + AuditInserts.UnlessThere : InsertSql)
        {
            Parameters =
            {
                ArrayOf(entry => entry.Id),
                ArrayOf(entry => entry.At),
                ArrayOf(entry => entry.OrganizationId),
                ArrayOf(entry => entry.Action),
                ArrayOf(entry => entry.Operation),
                ArrayOf(entry => entry.EntityType),
                ArrayOf(entry => entry.EntityId),
                ArrayOf(entry => entry.CustomerId),
                ArrayOf(entry => entry.UserId),
                ArrayOf(entry => entry.ApiKeyId),
                ArrayOf(entry => entry.SessionId),
                ArrayOf(entry => entry.Address),
                ArrayOf(entry => entry.RequestId),
            },
        };

        NpgsqlParameter<T[]> ArrayOf<T>(Func<AuditEntry, T> value) => new() { TypedValue = [.. entries.Select(value)] };
    }
}

internal static class AuditedReadsRegistration
{
    public static void AddAuditedReads(this IServiceCollection services)
    {
        services.AddSingleton<AuditedReads>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditedReads>());
    }
}
