using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>Transactions that span modules: until one ends, all contexts of the scope share its connection. Scoped.</summary>
public sealed class Transactions(NpgsqlDataSource dataSource)
{
    private readonly List<ModuleDbContext> contexts = [];
    private Shared? shared;

    /// <summary>Whether there is a transaction now.</summary>
    public bool IsOpen => shared is not null;

    /// <summary>Whether something was written in this scope that is not undone when a transaction fails later.</summary>
    internal bool HasWritten { get; private set; }

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

    /// <summary>Opens a transaction at READ COMMITTED, which every context of the scope joins, also one that is leased later.</summary>
    public async Task<Open> BeginAsync(CancellationToken ct)
    {
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
        return new Open(this, shared);
    }

    /// <summary>Lets a context of the scope take part in what is open, and in what will be.</summary>
    internal void Add(ModuleDbContext context)
    {
        contexts.Add(context);
        shared?.Admit(context);
    }

    /// <summary>Remembers that a transaction was committed, or that a statement without one may have written.</summary>
    internal void NoteWritten() => HasWritten = true;

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

        internal Open(Transactions owner, Shared shared) => (this.owner, this.shared) = (owner, shared);

        /// <summary>Makes all that was written last, in every module.</summary>
        public async Task CommitAsync(CancellationToken ct)
        {
            await shared.Transaction.CommitAsync(ct);
            owner.NoteWritten();
        }

        /// <summary>Ends the transaction. The contexts have connections of their own again.</summary>
        public async ValueTask DisposeAsync()
        {
            owner.End();
            await shared.Transaction.DisposeAsync();
            await shared.Connection.DisposeAsync();
        }
    }

    internal sealed record Shared(NpgsqlConnection Connection, NpgsqlTransaction Transaction)
    {
        public RowScope? Told { get; set; }

        public void Admit(ModuleDbContext context)
        {
            context.Database.SetDbConnection(Connection);
            context.Database.UseTransaction(Transaction);
        }
    }
}
