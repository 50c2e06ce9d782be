using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
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

    /// <summary>The same of accounts whose day was planned. Who records a payment meanwhile waits for the batch, so it is done in a part of a second.</summary>
    internal const int PlannedAccountsPerTransaction = 2_000;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(5);

    protected override TimeSpan? FirstAfter => TimeSpan.FromSeconds(30);

    protected override string Failure => "What has become due on loan accounts could not be posted";

    /// <inheritdoc />
    public override async Task RunAsync(Guid organizationId, CancellationToken ct)
    {
        // Where the planned days cannot be posted, the accounts are replayed like others.
        await TryAsync(() => RunAsync(after => PostPlannedAsync(organizationId, after, ct)), ct);
        await RunAsync(after => PostReplayedAsync(organizationId, after, ct));
    }

    private static async Task RunAsync(Func<Place, Task<Place?>> postSomeAsync)
    {
        // Behind each batch, so that an account whose books fail is passed once and not tried for ever.
        var last = new Place(DateOnly.MinValue, Guid.Empty);
        while (last is not null)
        {
            last = await postSomeAsync(last);
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
    /// Posts the planned days of some accounts with one statement, and tells of the instalments that are due; answers the last account, or null where there are
    /// no more. A plan counts if it is for the day that has come and knows all events of its account. All or nothing of a batch is posted.
    /// </summary>
    private async Task<Place?> PostPlannedAsync(Guid organizationId, Place after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        var db = scope.ServiceProvider.GetRequiredService<ServicingDbContext>();
        var sql = scope.ServiceProvider.GetRequiredService<OrganizationSql>();
        var now = NowIn(organizationId);
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(ct);
        var posted = await sql.ReadAsync(
            $"""
            WITH come AS (
                SELECT loan_account_id, organization_id, next_on, plan -> 'days' -> 0 AS day
                FROM servicing.loan_standings
                WHERE {sql.OfOrganization} AND next_on <= {ServicingDay.Of(
                now
            )} AND (next_on, organization_id, loan_account_id) > ({after.On}, {organizationId}, {after.Id})
                    AND (plan -> 'days' -> 0 ->> 'on')::date = next_on
                    AND (plan ->> 'events')::int = (
                        SELECT max(number) FROM servicing.loan_events WHERE loan_account_id = loan_standings.loan_account_id
                    )
                ORDER BY next_on, loan_account_id LIMIT {PlannedAccountsPerTransaction} FOR NO KEY UPDATE SKIP LOCKED
            ), entry AS (
                SELECT come.organization_id, come.loan_account_id, entry.*
                FROM come CROSS JOIN jsonb_to_recordset(day -> 'entries') AS entry (id uuid, key text, "on" date, lines jsonb)
            ), entries AS (
                INSERT INTO servicing.journal_entries (id, organization_id, loan_account_id, key, effective_on, created_at)
                SELECT id, organization_id, loan_account_id, key, "on", {now} FROM entry
            ), lines AS (
                INSERT INTO servicing.journal_lines (journal_entry_id, organization_id, account, amount)
                SELECT entry.id, organization_id, line.key, line.value::numeric FROM entry CROSS JOIN jsonb_each_text(entry.lines) AS line
            ), moved AS (
                UPDATE servicing.loan_standings AS standing
                SET posted_until = come.next_on, next_on = (day ->> 'nextOn')::date, plan = plan #- ARRAY['days', '0']
                FROM come WHERE standing.loan_account_id = come.loan_account_id
            )
            SELECT next_on, loan_account_id, (day ->> 'dueOn')::date FROM come ORDER BY next_on, loan_account_id
            """,
            row => (Place: new Place(row.GetFieldValue<DateOnly>(0), row.GetGuid(1)), DueOn: row.GetFieldValue<DateOnly?>(2)),
            ct
        );
        foreach (var (place, dueOn) in posted)
        {
            if (dueOn is { } day)
            {
                db.Publish(new LoanInstalmentDue { DueOn = day }.Of(place.Id, organizationId, now));
            }
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return posted.Count == PlannedAccountsPerTransaction ? posted[^1].Place : null;
    }

    /// <summary>
    /// Locks some accounts on which something is due, passing over those that others are posting to, and posts it; answers the last one, or null where
    /// there are no more. All or nothing of a batch is posted.
    /// </summary>
    private async Task<Place?> PostReplayedAsync(Guid organizationId, Place after, CancellationToken ct)
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
            WHERE {sql.OfOrganization} AND next_on <= {today} AND (next_on, organization_id, loan_account_id) > ({after.On}, {organizationId}, {after.Id})
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
                    var life = new LoanLife(account.ReadContract(), events, baseRates);
                    db.Post(standings[account.Id], posted[account.Id], life, life.At(today), cause: null, UserReference.System, now);
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
