using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Documents.Documents;

/// <summary>Lets documents expire whose last day is over everywhere. Several instances share the work.</summary>
internal sealed class DocumentExpiry(IServiceScopeFactory scopes, SandboxClocks clocks, TimeProvider clock, ILogger<DocumentExpiry> logger)
    : OrganizationJob(clocks, clock, logger)
{
    private const int DocumentsPerTransaction = 100;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override TimeSpan? FirstAfter => TimeSpan.FromSeconds(5);

    protected override string Failure => "Documents could not expire";

    /// <inheritdoc />
    public override async Task RunAsync(Guid organizationId, CancellationToken ct)
    {
        while (await ExpireSomeAsync(organizationId, ct) == DocumentsPerTransaction) { }
    }

    /// <inheritdoc />
    protected override async Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var today = DayOf(Clock.GetUtcNow());
        return await scope
            .ServiceProvider.GetRequiredService<DocumentsDbContext>()
            .Documents.OfEveryOrganization()
            .Where(document => document.Status == DocumentStatus.Approved && document.ValidUntil < today)
            .Select(document => document.OrganizationId)
            .Distinct()
            .ToListAsync(ct);
    }

    private async Task<int> ExpireSomeAsync(Guid organizationId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        var db = scope.ServiceProvider.GetRequiredService<DocumentsDbContext>();
        var sql = scope.ServiceProvider.GetRequiredService<OrganizationSql>();
        var today = DayOf(NowIn(organizationId));
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(ct);
        FormattableString due = $"""
            SELECT id FROM documents.documents WHERE {sql.OfOrganization} AND status = 'APPROVED' AND valid_until < {today}
            ORDER BY valid_until LIMIT {DocumentsPerTransaction} FOR UPDATE SKIP LOCKED
            """;
        var ids = await sql.ReadAsync(due, row => row.GetGuid(0), ct);
        // Locked, so nobody changes them before the commit.
        foreach (var document in await db.Documents.Where(document => ids.Contains(document.Id)).ToListAsync(ct))
        {
            document.Expire();
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
