using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Rates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Servicing.Days;

/// <summary>
/// Posts what a day brings about by itself: due dates, ends of months, credits that pay what is due, arrears that grow older. It touches only accounts
/// whose next day has come, looks every few minutes, and works off whatever was missed while nothing ran. Several instances share the work.
/// </summary>
internal sealed class DayRun(
    IServiceScopeFactory scopes,
    KnownBaseRates rates,
    SandboxClocks clocks,
    TimeProvider clock,
    ILogger<DayRun> logger
) : OrganizationJob(clocks, clock, logger)
{
    /// <summary>What is lost, and done again, where an instance vanishes.</summary>
    internal const int AccountsPerTransaction = 100;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(5);

    protected override TimeSpan? FirstAfter => TimeSpan.FromSeconds(30);

    protected override string Failure => "What has become due on loan accounts could not be posted";

    /// <inheritdoc />
    public override async Task RunAsync(Guid organizationId, CancellationToken ct)
    {
        // Behind each batch, so that an account whose books fail is passed once and not tried for ever.
        var last = new Place(DateOnly.MinValue, Guid.Empty);
        while (last is not null)
        {
            last = await PostSomeAsync(organizationId, last, ct);
        }
    }

    /// <inheritdoc />
    protected override async Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var today = ServicingDay.Of(Clock.GetStorableNow());
        return await scope
            .ServiceProvider.GetRequiredService<ServicingDbContext>()
            .Database.SqlQuery<Guid>($"SELECT DISTINCT organization_id FROM servicing.loan_standings WHERE next_on <= {today}")
            .OverEveryOrganization()
            .ToListAsync(ct);
    }

    /// <summary>
    /// Locks some accounts on which something is due, passing over those that others are posting to, and posts it; answers the last one, or null where
    /// there are no more. All or nothing of a batch is posted.
    /// </summary>
    private async Task<Place?> PostSomeAsync(Guid organizationId, Place after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        var db = scope.ServiceProvider.GetRequiredService<ServicingDbContext>();
        var sql = scope.ServiceProvider.GetRequiredService<OrganizationSql>();
        var now = NowIn(organizationId);
        var today = ServicingDay.Of(now);
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(ct);
        var places = await sql.ReadAsync(
            $"""
            SELECT next_on, loan_account_id FROM servicing.loan_standings
            WHERE {sql.OfOrganization} AND next_on <= {today} AND (next_on, loan_account_id) > ({after.On}, {after.Id})
            ORDER BY next_on, loan_account_id LIMIT {AccountsPerTransaction} FOR NO KEY UPDATE SKIP LOCKED
            """,
            row => new Place(row.GetFieldValue<DateOnly>(0), row.GetGuid(1)),
            ct
        );
        var baseRates = await rates.GetAsync(ct);
        var ids = places.ConvertAll(place => place.Id);
        var standings = await db
            .LoanStandings.Where(standing => ids.Contains(standing.LoanAccountId))
            .ToDictionaryAsync(row => row.LoanAccountId, ct);
        var posted = await db.ReadPostedAsync(ids, ct);
        foreach (var (account, events) in await db.ReadLoansAsync(ids, ct))
        {
            // Books that cannot be computed must not hold up those of others.
            await TryAsync(
                () =>
                {
                    var state = LoanReplay.At(account.ReadContract(), events, today, baseRates);
                    db.Post(standings[account.Id], posted[account.Id], state, cause: null, UserReference.System, now);
                    return Task.CompletedTask;
                },
                ct
            );
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return places.Count == AccountsPerTransaction ? places[^1] : null;
    }

    private sealed record Place(DateOnly On, Guid Id);
}
