using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Audit.Data;

/// <summary>Makes the partitions of the next months, and lets the numbers of transactions go on where a restored database had left off.</summary>
internal sealed class LogPreparation(AuditDbContext db, TimeProvider clock) : IDatabasePreparation
{
    public Task PrepareAsync(CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT audit.make_partitions({clock.GetUtcNow()}), audit.continue_transactions()", ct);
}
