using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Applications.CreditApplications;

/// <summary>Lets applications expire of which nothing came in time. Several instances share the work.</summary>
internal sealed class ApplicationDeadlines(
    IServiceScopeFactory scopes,
    SandboxClocks clocks,
    TimeProvider clock,
    ILogger<ApplicationDeadlines> logger
) : OrganizationJob(clocks, clock, logger)
{
    private const int ApplicationsPerTransaction = 100;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(10);

    protected override string Failure => "Deadlines of applications could not be looked at";

    /// <inheritdoc />
    public override async Task RunAsync(Guid organizationId, CancellationToken ct)
    {
        while (await ExpireAsync(organizationId, ct) == ApplicationsPerTransaction) { }
    }

    /// <inheritdoc />
    protected override async Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Clock.GetStorableNow();
        return await scope
            .ServiceProvider.GetRequiredService<ApplicationsDbContext>()
            .Applications.OfEveryOrganization()
            .Where(application => application.ExpiresAt <= now)
            .Select(application => application.OrganizationId)
            .Distinct()
            .ToListAsync(ct);
    }

    private async Task<int> ExpireAsync(Guid organizationId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDbContext>();
        var sql = scope.ServiceProvider.GetRequiredService<OrganizationSql>();
        var messages = scope.ServiceProvider.GetRequiredService<ApplicationMessages>();
        var now = NowIn(organizationId);
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(ct);
        FormattableString statement = $"""
            SELECT id FROM applications.applications WHERE {sql.OfOrganization} AND expires_at <= {now}
            ORDER BY expires_at LIMIT {ApplicationsPerTransaction} FOR NO KEY UPDATE SKIP LOCKED
            """;
        var ids = await sql.ReadAsync(statement, row => row.GetGuid(0), ct);
        // Locked, so nobody changes them before the commit.
        foreach (var application in await db.Applications.Where(application => ids.Contains(application.Id)).ToListAsync(ct))
        {
            application.Move(ApplicationStatus.Expired, UserReference.System, comment: null, now);
            await messages.SendAsync(application, ct);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }
}
