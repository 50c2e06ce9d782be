using System.Data;
using System.Linq.Expressions;
using Lending.Platform.Audit;
using Lending.Platform.Encryption;
using Lending.Platform.Outbox;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// The base of each module's DbContext: one schema, snake_case names, and rows of the caller's organisation only. Every query is filtered
/// and every write stamped, so a slice cannot forget it. Contexts are pooled: each scope leases one, which serves that scope's caller.
/// </summary>
public abstract partial class ModuleDbContext(DbContextOptions options, string schema) : DbContext(options)
{
    // Null between two leases: a context that is used then shows no rows.
    private Caller? caller;
    private Transactions? transactions;
    private AuditTrail? trail;
    private bool hasBroker;
    private bool readsStandby;
    private int eventsTold;

    /// <summary>The name of the query filter that keeps organisations apart.</summary>
    public const string OrganizationFilter = "organization";

    /// <summary>The name of the query filter that shows customers only what is theirs; it holds nobody else up.</summary>
    public const string CustomerFilter = "customer";

    /// <summary>The keys of encrypted members; null until somebody leases the context.</summary>
    internal KeyRing? KeyRing { get; private set; }

    /// <summary>The real time, by which things are recorded.</summary>
    internal DateTimeOffset Now => Trail.Now;

    private AuditTrail Trail =>
        trail ?? throw new InvalidOperationException("Nobody has leased this context, so nobody is known to have done it.");

    /// <summary>The organisation that queries see; for query filters.</summary>
    protected Guid OrganizationId => caller?.OrganizationId ?? Guid.Empty;

    /// <summary>The only customer whose rows queries see, or null for all of the organisation; for query filters.</summary>
    protected Guid? CustomerScope => caller is null ? Guid.Empty : caller.CustomerScope;

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Encrypted>().HaveConversion<Encrypted.Converter>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(schema);
        // The platform's own context has no outbox.
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly, type => type != typeof(OutboxMessageConfiguration));
        if (this is IHasOutbox)
        {
            modelBuilder.ApplyConfiguration(new OutboxMessageConfiguration());
        }
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType)))
        {
            // EF puts the context that runs the query in place of this one.
            var row = Expression.Parameter(type.ClrType);
            var isOwn = Expression.Equal(
                Expression.Property(row, nameof(ITenantOwned.OrganizationId)),
                Expression.Property(Expression.Constant(this), nameof(OrganizationId))
            );
            type.SetQueryFilter(OrganizationFilter, Expression.Lambda(isOwn, row));
            // What EF saves then names the organisation beside the key, so that partitions and shards are found by it.
            modelBuilder.Entity(type.ClrType).Property(nameof(ITenantOwned.OrganizationId)).IsConcurrencyToken();
        }
        SnakeCase.Apply(modelBuilder.Model);
        EncryptedProperty.AddConstraints(modelBuilder.Model);
    }

    /// <summary>Ends the lease: the context goes back to the pool, and forgets its caller before anybody else can lease it.</summary>
    public override void Dispose()
    {
        Forget();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose" />
    public override ValueTask DisposeAsync()
    {
        // Without a caller, it may be the pool that disposes of the context, which can then not be asked for its connection.
        if (caller is null || Database.GetDbConnection().State == ConnectionState.Closed)
        {
            Forget();
            GC.SuppressFinalize(this);
            return base.DisposeAsync();
        }
        // EF's asynchronous return keeps its count of open connections: one left open would stay open for all later leases.
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Begins a lease: until it is disposed, the context serves this caller.</summary>
    internal void Serve(Caller leasedBy, Transactions leasedIn, AuditTrail itsTrail, KeyRing ring, bool hasBroker)
    {
        (caller, transactions, trail, KeyRing, this.hasBroker) = (leasedBy, leasedIn, itsTrail, ring, hasBroker);
        // A failed command ends the whole transaction, so savepoints would gain nothing, at a round trip each.
        Database.AutoSavepointsEnabled = false;
    }

    /// <summary>Counts one more event that this lease tells of; answers how many there were before it.</summary>
    internal int CountEvent() => eventsTold++;

    /// <summary>Lets the lease read from another copy of the database.</summary>
    internal void ReadFrom(NpgsqlDataSource source)
    {
        Database.SetDbConnection(source.CreateConnection(), contextOwnsConnection: true);
        readsStandby = true;
    }

    /// <summary>Whose rows the next command is about, where PostgreSQL has to be told.</summary>
    internal RowScope? ScopeToTell(bool ofEveryOrganization)
    {
        var scope = ofEveryOrganization ? RowScope.Every : new RowScope(OrganizationId);
        return transactions?.HasToTell(scope) == false ? null : scope;
    }

    /// <summary>The command with the slice that sends it.</summary>
    internal string OfSlice(string command) => transactions?.OfSlice(command) ?? command;

    /// <summary>Remembers, of a command without a transaction, that it may have written: what EF makes of queries begins with SELECT, behind its tags.</summary>
    internal void NoteIfWrites(string command)
    {
        var text = command.AsSpan();
        while (text.StartsWith("--", StringComparison.Ordinal) && text.IndexOf('\n') is var end and >= 0)
        {
            text = text[end..].TrimStart();
        }
        if (Database.CurrentTransaction is null && !text.StartsWith("SELECT", StringComparison.Ordinal))
        {
            transactions?.NoteWritten();
        }
    }

    private void Forget()
    {
        if (readsStandby)
        {
            // Whoever leases the context next reads the primary.
            Database.SetDbConnection(null, contextOwnsConnection: true);
            readsStandby = false;
        }
        (caller, transactions, trail, KeyRing, eventsTold) = (null, null, null, null, 0);
        notes.Clear();
    }
}
