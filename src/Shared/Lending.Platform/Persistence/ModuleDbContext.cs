using Lending.Platform.Outbox;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Platform.Persistence;

/// <summary>
/// The base of each module's DbContext: one schema, snake_case names, and rows of the caller's organisation only. Every query is filtered
/// and every write stamped, so a slice cannot forget it.
/// </summary>
public abstract class ModuleDbContext(DbContextOptions options, Caller caller, string schema) : DbContext(options)
{
    /// <summary>The name of the query filter that keeps organisations apart.</summary>
    public const string OrganizationFilter = "organization";

    /// <summary>The organisation that queries see; for query filters.</summary>
    protected Guid OrganizationId => caller.OrganizationId;

    /// <summary>The only customer whose rows queries see, or null for all of the organisation; for query filters.</summary>
    protected Guid? CustomerScope => caller.CustomerScope;

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
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        StampOrganization();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saving is asynchronous: SaveChangesAsync.");

    private static readonly System.Reflection.MethodInfo FilterByOrganizationMethod = typeof(ModuleDbContext).GetMethod(
        nameof(FilterByOrganization),
        System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic
    )!;

    private void FilterByOrganization<TEntity>(ModelBuilder modelBuilder)
        where TEntity : class, ITenantOwned =>
        modelBuilder.Entity<TEntity>().HasQueryFilter(OrganizationFilter, row => row.OrganizationId == OrganizationId);

    private void StampOrganization()
    {
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>())
        {
            if (entry.State == EntityState.Added && entry.Entity.OrganizationId == Guid.Empty)
            {
                entry.Property(row => row.OrganizationId).CurrentValue = caller.OrganizationId;
            }
            if (entry.State is not (EntityState.Unchanged or EntityState.Detached) && entry.Entity.OrganizationId != caller.OrganizationId)
            {
                throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} of another organisation may not be written.");
            }
        }
    }
}
