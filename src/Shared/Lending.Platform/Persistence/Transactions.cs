using System.Data;
using FastEndpoints;
using Lending.Platform.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// Transactions that span modules: until one ends, all contexts of the scope share its connection. Around all that a request does there may be one, too
/// (see <see cref="BeginAroundAsync"/>); those that are begun inside are parts of it. Scoped.
/// </summary>
public sealed class Transactions
{
    // Parts follow each other, and PostgreSQL goes back to the last savepoint of a name.
    private const string Part = "part";

    private readonly NpgsqlDataSource dataSource;
    private readonly OutboxBell bell;
    private readonly IHttpContextAccessor requests;
    private readonly List<ModuleDbContext> contexts = [];
    private NpgsqlDataSource? standby;
    private Shared? shared;
    private bool hasEvents;
    private string? slice;

    internal Transactions(NpgsqlDataSource dataSource, OutboxBell bell, IHttpContextAccessor requests) =>
        (this.dataSource, this.bell, this.requests) = (dataSource, bell, requests);

    /// <summary>Whether there is a transaction now.</summary>
    public bool IsOpen => shared is not null;

    /// <summary>Whether reads outside of transactions go to the standby.</summary>
    internal bool ReadsStandby => standby is not null;

    /// <summary>Whether something was written in this scope that is not undone when a transaction fails later.</summary>
    internal bool HasWritten { get; private set; }

    /// <summary>Whether there is one around the request, and no part of it is open.</summary>
    internal bool IsBetweenParts => shared is { IsAround: true, HasPart: false };

    /// <summary>The transaction's connection, or null where there is none.</summary>
    internal NpgsqlConnection? Connection => shared?.Connection;

    /// <summary>Whether the next command has to tell PostgreSQL whose rows it is about: a transaction remembers what it was told last.</summary>
    internal bool HasToTell(RowScope scope)
    {
        if (shared is null)
        {
            return true;
        }
        var isNew = shared.Told != scope;
        shared.Told = scope;
        return isNew;
    }

    /// <summary>From here on, what is read outside of transactions comes from the standby.</summary>
    internal void ReadFrom(NpgsqlDataSource source)
    {
        standby = source;
        contexts.ForEach(context => context.ReadFrom(source));
    }

    /// <summary>A connection for a read outside of a transaction.</summary>
    internal ValueTask<NpgsqlConnection> OpenToReadAsync(CancellationToken ct) => (standby ?? dataSource).OpenConnectionAsync(ct);

    /// <summary>Opens a transaction at READ COMMITTED, which every context of the scope joins, also one that is leased later.</summary>
    public async Task<Open> BeginAsync(CancellationToken ct)
    {
        if (shared is { } around && IsBetweenParts)
        {
            // It goes with the next command, so it costs no round trip.
            await around.Transaction.SaveAsync(Part, ct);
            around.HasPart = true;
            return new Open(this, around, isPart: true);
        }
        if (IsOpen)
        {
            throw new InvalidOperationException("There is a transaction already; who opened it ends it.");
        }
        var connection = await dataSource.OpenConnectionAsync(ct);
        // BEGIN goes with the first command, so nothing waits here; a cancellation would only leak the connection.
        shared = new Shared(connection, await connection.BeginTransactionAsync(CancellationToken.None));
        foreach (var context in contexts)
        {
            shared.Admit(context);
        }
        return new Open(this, shared, isPart: false);
    }

    /// <summary>
    /// Opens a transaction around all that the request does from here on. What is begun and committed inside is made last with this one; what is not
    /// committed is undone by itself, and this one goes on.
    /// </summary>
    internal async Task<Open> BeginAroundAsync(CancellationToken ct)
    {
        var around = await BeginAsync(ct);
        shared!.IsAround = true;
        return around;
    }

    /// <summary>Runs a command on the rows of every organisation in the open transaction, and reads what it answers.</summary>
    internal async Task<List<T>> ReadOverEveryOrganizationAsync<T>(
        NpgsqlBatchCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken ct
    )
    {
        await using var batch = new NpgsqlBatch(Connection);
        var tells = HasToTell(RowScope.Every);
        if (tells)
        {
            batch.BatchCommands.Add(RowScope.Every.Telling);
        }
        command.CommandText = OfSlice(command.CommandText);
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (tells)
        {
            await reader.NextResultAsync(ct);
        }
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    /// <summary>Lets a context of the scope take part in what is open, and in what will be.</summary>
    internal void Add(ModuleDbContext context)
    {
        contexts.Add(context);
        if (standby is not null)
        {
            context.ReadFrom(standby);
        }
        shared?.Admit(context);
    }

    /// <summary>
    /// The statement behind a comment that names the slice which sends it: for who looks at what PostgreSQL is busy with. The comment of a slice is always the same, so
    /// that its statements stay prepared. What no request sends has none.
    /// </summary>
    internal string OfSlice(string statement) =>
        (slice ??= requests.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<EndpointDefinition>()?.EndpointType.Name) is { } name
            ? $"/* {name} */ {statement}"
            : statement;

    /// <summary>Remembers that a transaction was committed, or that a statement without one may have written.</summary>
    internal void NoteWritten()
    {
        HasWritten = true;
        if (hasEvents)
        {
            hasEvents = false;
            bell.Ring();
        }
    }

    /// <summary>Remembers that the next commit has an event of this type to tell of.</summary>
    internal void NoteEvent(string type) => hasEvents |= bell.IsFor(type);

    private void End()
    {
        shared = null;
        foreach (var context in contexts)
        {
            context.Database.UseTransaction(null);
            context.Database.SetDbConnection(null, contextOwnsConnection: true);
        }
    }

    /// <summary>A transaction, which is rolled back when it is disposed without having been committed.</summary>
    public sealed class Open : IAsyncDisposable
    {
        private readonly Transactions owner;
        private readonly Shared shared;
        private readonly bool isPart;
        private bool isCommitted;

        internal Open(Transactions owner, Shared shared, bool isPart) => (this.owner, this.shared, this.isPart) = (owner, shared, isPart);

        /// <summary>Makes all that was written last, in every module; what is a part lasts when the transaction around it does.</summary>
        public async Task CommitAsync(CancellationToken ct)
        {
            if (!isPart)
            {
                await shared.Transaction.CommitAsync(ct);
                owner.NoteWritten();
            }
            isCommitted = true;
        }

        /// <summary>Ends the transaction. The contexts have connections of their own again, unless this was a part.</summary>
        public async ValueTask DisposeAsync()
        {
            if (isPart)
            {
                await shared.EndPartAsync(isUndone: !isCommitted);
                return;
            }
            owner.End();
            await shared.Transaction.DisposeAsync();
            await shared.Connection.DisposeAsync();
        }
    }

    internal sealed record Shared(NpgsqlConnection Connection, NpgsqlTransaction Transaction)
    {
        public RowScope? Told { get; set; }

        public bool IsAround { get; set; }

        public bool HasPart { get; set; }

        public async Task EndPartAsync(bool isUndone)
        {
            HasPart = false;
            // Of a connection that is lost, everything is undone.
            if (isUndone && Connection.State == ConnectionState.Open)
            {
                await Transaction.RollbackAsync(Part, CancellationToken.None);
                // PostgreSQL forgets also what it was told since.
                Told = null;
            }
        }

        public void Admit(ModuleDbContext context)
        {
            context.Database.SetDbConnection(Connection);
            context.Database.UseTransaction(Transaction);
        }
    }
}
