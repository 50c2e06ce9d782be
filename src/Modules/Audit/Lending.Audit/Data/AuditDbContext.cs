using Lending.Audit.Seals;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Audit.Data;

/// <summary>The audit log and its seals: schema <c>audit</c>. Entries are written and read by SQL.</summary>
internal sealed class AuditDbContext(DbContextOptions<AuditDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = AuditEntry.Schema;

    public DbSet<Seal> Seals => Set<Seal>();
}
