using System.Threading.Channels;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Lending.Seeding;

/// <summary>How far one kind of rows has got.</summary>
/// <param name="Kind">What is being made, in words.</param>
/// <param name="Done">How many of them are written.</param>
/// <param name="Total">How many there are going to be.</param>
public sealed record SeedProgress(string Kind, long Done, long Total);

/// <summary>Writes and deletes fake rows of all modules in one transaction: all of them or none are ever seen.</summary>
public sealed class SeedWriter
{
    private const int ThingsPerBatch = 1000;

    // Things with many rows of their own must not fill the memory.
    private const int RowsPerBatch = 10_000;
    private const int BatchesAhead = 2;

    private readonly NpgsqlConnection connection;
    private readonly KeyRing ring;
    private readonly IProgress<SeedProgress>? progress;
    private readonly Dictionary<Type, CopyTable> tables = [];
    private readonly Dictionary<string, long> doneByKind = [];
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    internal SeedWriter(NpgsqlConnection connection, KeyRing ring, IProgress<SeedProgress>? progress)
    {
        this.connection = connection;
        this.ring = ring;
        this.progress = progress;
    }

    /// <summary>How many entities of each label there are.</summary>
    public IReadOnlyDictionary<string, long> Counts => counts;

    /// <summary>How many rows there are in all tables together.</summary>
    public long RowCount { get; private set; }

    /// <summary>Without figures about a million new rows, PostgreSQL would plan as if there were none.</summary>
    internal async Task AnalyzeAsync(CancellationToken ct)
    {
        foreach (var table in tables.Values)
        {
            await table.AnalyzeAsync(connection, ct);
        }
    }

    /// <summary>Writes entities while the next ones are being made.</summary>
    /// <param name="db">The context whose model says how they are stored.</param>
    /// <param name="kind">What they are, for the progress.</param>
    /// <param name="total">How many of that kind there are in all organisations.</param>
    /// <param name="organizationId">Whose they are; stamped upon rows that do not say so.</param>
    /// <param name="entities">Made on another thread, as they are needed.</param>
    /// <param name="label">Under which name an entity is counted.</param>
    /// <param name="ct">Ends it.</param>
    public Task WriteAsync<T>(
        DbContext db,
        string kind,
        long total,
        Guid organizationId,
        IEnumerable<T> entities,
        Func<T, string> label,
        CancellationToken ct
    )
        where T : class => WriteAsync(db, kind, total, organizationId, entities, label, entity => [entity], ct);

    /// <summary>Writes things that are entities of several types each, those first that others refer to.</summary>
    public async Task WriteAsync<T>(
        DbContext db,
        string kind,
        long total,
        Guid organizationId,
        IEnumerable<T> things,
        Func<T, string> label,
        Func<T, IEnumerable<object>> entitiesOf,
        CancellationToken ct
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var batches = Channel.CreateBounded<Batch>(BatchesAhead);
        var making = Task.Run(() => MakeAsync(things, Add, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ct))
            {
                await WriteAsync(batch, organizationId, ct);
                doneByKind[kind] = doneByKind.GetValueOrDefault(kind) + batch.ThingCount;
                progress?.Report(new SeedProgress(kind, doneByKind[kind], total));
            }
        }
        finally
        {
            // Whatever went wrong here, nobody takes what is being made any more.
            await stop.CancelAsync();
            await making;
        }

        void Add(T thing, Batch batch)
        {
            foreach (var entity in entitiesOf(thing))
            {
                TableOf(db.Model, entity.GetType()).Add(entity, owner: null, batch.Rows);
            }
            var counted = label(thing);
            batch.Counts[counted] = batch.Counts.GetValueOrDefault(counted) + 1;
            batch.ThingCount++;
        }
    }

    /// <summary>Deletes the rows of these organisations from every table of a module, those first that refer to others.</summary>
    public async Task DeleteAsync(DbContext db, IReadOnlyCollection<Guid> organizations, CancellationToken ct)
    {
        foreach (var type in DependentsFirst(db.Model))
        {
            var column = type.GetProperty(nameof(ITenantOwned.OrganizationId)).GetColumnName();
            await ExecuteAsync(
                $"DELETE FROM \"{type.GetSchema()}\".\"{type.GetTableName()}\" WHERE \"{column}\" = ANY($1)",
                organizations,
                ct
            );
        }
    }

    /// <summary>Runs a statement whose only parameter, <c>$1</c>, is the organisations' keys.</summary>
    public async Task ExecuteAsync(string sql, IReadOnlyCollection<Guid> organizations, CancellationToken ct)
    {
        // A million rows take longer than a command of the API may.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. organizations] });
        RowCount += await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task MakeAsync<T>(IEnumerable<T> things, Action<T, Batch> add, ChannelWriter<Batch> batches, CancellationToken ct)
    {
        try
        {
            var batch = new Batch();
            foreach (var thing in things)
            {
                add(thing, batch);
                if (batch.ThingCount == ThingsPerBatch || batch.RowCount >= RowsPerBatch)
                {
                    await batches.WriteAsync(batch, ct);
                    batch = new Batch();
                }
            }
            if (batch.ThingCount > 0)
            {
                await batches.WriteAsync(batch, ct);
            }
            batches.Complete();
        }
        catch (Exception exception)
        {
            // Whoever reads gets it.
            batches.Complete(exception);
        }
    }

    private async Task WriteAsync(Batch batch, Guid organizationId, CancellationToken ct)
    {
        foreach (var (table, rows) in batch.Rows)
        {
            await table.WriteAsync(connection, rows, organizationId, ct);
            RowCount += rows.Count;
        }
        foreach (var (label, count) in batch.Counts)
        {
            counts[label] = counts.GetValueOrDefault(label) + count;
        }
    }

    private CopyTable TableOf(IModel model, Type type)
    {
        if (!tables.TryGetValue(type, out var table))
        {
            tables.Add(type, table = new CopyTable(model.FindEntityType(type)!, ring));
        }
        return table;
    }

    private static IEnumerable<IEntityType> DependentsFirst(IModel model)
    {
        var left = model.GetEntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType)).ToList();
        while (left.Count > 0)
        {
            var next = left.First(type =>
                left.TrueForAll(other => other == type || other.GetForeignKeys().All(key => key.PrincipalEntityType != type))
            );
            left.Remove(next);
            yield return next;
        }
    }

    /// <summary>Some things as rows, tables in the order in which they have to be written.</summary>
    private sealed class Batch
    {
        public OrderedDictionary<CopyTable, List<CopyTable.Row>> Rows { get; } = [];

        public Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

        public int ThingCount { get; set; }

        public int RowCount => Rows.Values.Sum(rows => rows.Count);
    }
}
