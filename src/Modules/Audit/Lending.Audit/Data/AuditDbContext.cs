using Lending.Audit.Seals;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Audit.Data;

/// <summary>The audit log and its seals: schema <c>audit</c>. Only migrations use the mapping of entries; they are read by SQL.</summary>
internal sealed class AuditDbContext(DbContextOptions<AuditDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = AuditEntry.Schema;

    public DbSet<Seal> Seals => Set<Seal>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // PostgreSQL fills it, so the contexts that write entries need not know of it.
        modelBuilder.Entity<AuditEntry>().Property<long>("Transaction").HasColumnName("transaction").ValueGeneratedOnAdd();
        base.OnModelCreating(modelBuilder);
    }
}
