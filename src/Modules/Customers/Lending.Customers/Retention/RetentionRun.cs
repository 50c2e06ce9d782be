using Lending.Customers.Data;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Customers.Retention;

/// <summary>
/// Deletes what organisations' rules say is old enough, once a day. Looks each hour, so that a day is not missed while nothing ran; a rule is one
/// instance's at a time.
/// </summary>
internal sealed class RetentionRun(IServiceScopeFactory scopes, SandboxClocks clocks, TimeProvider clock, ILogger<RetentionRun> logger)
    : OrganizationJob(clocks, clock, logger)
{
    private const int RowsPerTransaction = 100;

    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override TimeSpan? FirstAfter => TimeSpan.FromMinutes(1);

    protected override string Failure => "Old records could not be deleted";

    /// <summary>Does what no instance has done today in an organisation.</summary>
    public override async Task RunAsync(Guid organizationId, CancellationToken ct)
    {
        foreach (var records in await FindRulesAsync(organizationId, ct))
        {
            // What is wrong with one rule must not stop the others.
            await TryAsync(() => RunAsync(organizationId, records, ct), ct);
        }
    }

    /// <summary>Does what is left to do today of an organisation's rule.</summary>
    public async Task RunAsync(Guid organizationId, string records, CancellationToken ct)
    {
        while (await DeleteSomeAsync(organizationId, records, ct)) { }
    }

    /// <inheritdoc />
    protected override async Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var today = RetentionReport.DayOf(Clock.GetUtcNow());
        return await scope
            .ServiceProvider.GetRequiredService<CustomersDbContext>()
            .Database.SqlQuery<Guid>(
                $"""
                SELECT DISTINCT rule.organization_id FROM customers.retention_rules AS rule
                WHERE NOT EXISTS (
                    SELECT FROM customers.retention_reports AS report
                    WHERE report.organization_id = rule.organization_id AND report.records = rule.records AND day = {today}
                        AND finished_at IS NOT NULL
                )
                """
            )
            .OverEveryOrganization()
            .ToListAsync(ct);
    }

    private async Task<List<string>> FindRulesAsync(Guid organizationId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        return await scope
            .ServiceProvider.GetRequiredService<CustomersDbContext>()
            .RetentionRules.Select(rule => rule.Records)
            .ToListAsync(ct);
    }

    /// <summary>Deletes a batch and adds it to today's report; answers whether there is more to do.</summary>
    private async Task<bool> DeleteSomeAsync(Guid organizationId, string name, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        var db = services.GetRequiredService<CustomersDbContext>();
        var sql = services.GetRequiredService<OrganizationSql>();
        // No module has such rows any more.
        if (services.GetServices<IOldRecords>().SingleOrDefault(kind => kind.Name == name) is not { } records)
        {
            return false;
        }
        var timeZone = (await services.GetRequiredService<IOrganizationDirectory>().GetAsync(organizationId, ct)).TimeZone;
        await using var transaction = await services.GetRequiredService<Transactions>().BeginAsync(ct);
        FormattableString rule = $"""
            SELECT months FROM customers.retention_rules WHERE {sql.OfOrganization} AND records = {name} FOR UPDATE SKIP LOCKED
            """;
        // Another instance is at it, or it was switched off.
        if (await sql.ReadAsync(rule, row => row.GetInt32(0), ct) is not [var months])
        {
            return false;
        }
        var now = NowIn(organizationId);
        var today = RetentionReport.DayOf(now);
        var report = await db.RetentionReports.SingleOrDefaultAsync(row => row.Records == name && row.Day == today, ct);
        if (report is null)
        {
            report = new RetentionReport(name, now);
            db.Add(report);
        }
        if (report.FinishedAt is not null)
        {
            return false;
        }
        var before = RetentionRule.CutoffOf(records, months, now, timeZone);
        var deleted = await records.DeleteAsync(before, RowsPerTransaction, ct);
        var isLast = deleted < RowsPerTransaction;
        report.Add(months, before, deleted, isLast, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return !isLast;
    }
}
