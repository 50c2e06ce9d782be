using Lending.Platform.Outbox;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>
/// The base of each module's DbContext: one schema, snake_case names, and rows of the caller's organisation only. Every query is filtered
/// and every write stamped, so a slice cannot forget it. Contexts are pooled: each scope leases one, which serves that scope's caller.
/// </summary>
public abstract class ModuleDbContext(DbContextOptions options, string schema) : DbContext(options)
{
    // Nobody between two leases: who would use the context then sees no rows.
    private Caller? caller;

    /// <summary>The name of the query filter that keeps organisations apart.</summary>
    public const string OrganizationFilter = "organization";

    /// <summary>The name of the query filter that shows customers only what is theirs; it holds nobody else up.</summary>
    public const string CustomerFilter = "customer";

    /// <summary>The organisation that queries see; for query filters.</summary>
    protected Guid OrganizationId => caller?.OrganizationId ?? Guid.Empty;

    /// <summary>The only customer whose rows queries see, or null for all of the organisation; for query filters.</summary>
    protected Guid? CustomerScope => caller is null ? Guid.Empty : caller.CustomerScope;

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(schema);
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly);
        if (this is IHasOutbox)
        {
            modelBuilder.ApplyConfiguration(new OutboxMessageConfiguration());
        }
        foreach (
            var type in modelBuilder
                .Model.GetEntityTypes()
                .Select(type => type.ClrType)
                .Where(typeof(ITenantOwned).IsAssignableFrom)
                .ToList()
        )
        {
            FilterByOrganizationMethod.MakeGenericMethod(type).Invoke(this, [modelBuilder]);
        }
        SnakeCase.Apply(modelBuilder.Model);
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var detectsChanges = ChangeTracker.AutoDetectChangesEnabled;
        StampOrganization();
        try
        {
            // Stamping has found all changes already, and looking for them is a good part of a write's cost.
            ChangeTracker.AutoDetectChangesEnabled = false;
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detectsChanges;
        }
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saving is asynchronous: SaveChangesAsync.");

    /// <summary>
    /// Inserts rows, each with all that hangs on it, in one round trip and past the change tracker, for slices that are called often. The rows' versions are
    /// read back. Where no transaction is open, it is one of its own.
    /// </summary>
    public async Task InsertAsync(IReadOnlyList<ITenantOwned> rows, CancellationToken ct)
    {
        var versions = new List<Action<uint>>(rows.Count);
        await using var batch = new NpgsqlBatch();
        foreach (var row in rows)
        {
            InsertStatement.Of(Model.FindEntityType(row.GetType())!).AddTo(batch, row, owner: null, OrganizationId, versions);
        }
        await Database.OpenConnectionAsync(ct);
        try
        {
            batch.Connection = (NpgsqlConnection)Database.GetDbConnection();
            await using var reader = await batch.ExecuteReaderAsync(ct);
            foreach (var setVersion in versions)
            {
                await reader.ReadAsync(ct);
                setVersion(reader.GetFieldValue<uint>(0));
                await reader.NextResultAsync(ct);
            }
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    /// <summary>Ends the lease: the context goes back to the pool, and forgets its caller before anybody else can lease it.</summary>
    public override void Dispose()
    {
        caller = null;
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose" />
#pragma warning disable CA2215 // EF's asynchronous return forgets to count open connections anew: one left open would stay so for all who follow.
    public override ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
#pragma warning restore CA2215

    /// <summary>Begins a lease: until it is disposed, the context serves this caller.</summary>
    internal void Serve(Caller leasedBy)
    {
        caller = leasedBy;
        // A failed command ends the whole transaction, so nothing is gained by marking where to go back to, at a round trip each.
        Database.AutoSavepointsEnabled = false;
    }

    private static readonly System.Reflection.MethodInfo FilterByOrganizationMethod = typeof(ModuleDbContext).GetMethod(
        nameof(FilterByOrganization),
        System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic
    )!;

    private void FilterByOrganization<TEntity>(ModelBuilder modelBuilder)
        where TEntity : class, ITenantOwned =>
        modelBuilder.Entity<TEntity>().HasQueryFilter(OrganizationFilter, row => row.OrganizationId == OrganizationId);

    /// <summary>Refuses what is another organisation's.</summary>
    internal static void CheckOrganization(ITenantOwned row, Guid organizationId)
    {
        if (row.OrganizationId != organizationId)
        {
            throw new InvalidOperationException($"A {row.GetType().Name} of another organisation may not be written.");
        }
    }

    private void StampOrganization()
    {
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>())
        {
            if (entry.State == EntityState.Added && entry.Entity.OrganizationId == Guid.Empty)
            {
                entry.Property(row => row.OrganizationId).CurrentValue = OrganizationId;
            }
            if (entry.State is not (EntityState.Unchanged or EntityState.Detached))
            {
                CheckOrganization(entry.Entity, OrganizationId);
            }
        }
    }
}
