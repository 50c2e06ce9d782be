using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lending.Loans.Offers;

/// <summary>
/// What the clock brings about: approved offers expire, withdrawal periods end. Looks each minute, and works off whatever fell due while nobody
/// looked. Several instances share the work.
/// </summary>
internal sealed class OfferDeadlines(IServiceScopeFactory scopes, SandboxClocks clocks, TimeProvider clock, ILogger<OfferDeadlines> logger)
    : OrganizationJob(clocks, clock, logger)
{
    private const int OffersPerTransaction = 100;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override TimeSpan? FirstAfter => TimeSpan.FromSeconds(2);

    protected override string Failure => "Deadlines of offers could not be looked at";

    /// <inheritdoc />
    public override async Task RunAsync(Guid organizationId, CancellationToken ct)
    {
        while (await ExpireAsync(organizationId, ct) == OffersPerTransaction) { }
        while (await EndWithdrawalPeriodsAsync(organizationId, ct) == OffersPerTransaction) { }
    }

    /// <inheritdoc />
    protected override async Task<List<Guid>> FindOrganizationsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Clock.GetStorableNow();
        return await scope
            .ServiceProvider.GetRequiredService<LoansDbContext>()
            .Database.SqlQuery<Guid>(
                $"""
                SELECT organization_id FROM loans.offers WHERE status = 'APPROVED' AND valid_until <= {now}
                UNION
                SELECT organization_id FROM loans.offers
                WHERE status IN ('ACCEPTED', 'DISBURSED') AND withdrawal_ended_at IS NULL AND withdrawal_ends_at <= {now}
                """
            )
            .OverEveryOrganization()
            .ToListAsync(ct);
    }

    private Task<int> ExpireAsync(Guid organizationId, CancellationToken ct)
    {
        var now = NowIn(organizationId);
        return WorkAsync(
            organizationId,
            $"status = 'APPROVED' AND valid_until <= {now} ORDER BY valid_until",
            async (services, offer) =>
            {
                if (offer.Expire(now) is null)
                {
                    services.GetRequiredService<LoansDbContext>().Publish(OfferEvents.OfLatest(offer, organizationId));
                    await services.GetRequiredService<OfferMessages>().SendAsync(offer, ct);
                }
            },
            ct
        );
    }

    private Task<int> EndWithdrawalPeriodsAsync(Guid organizationId, CancellationToken ct)
    {
        var now = NowIn(organizationId);
        return WorkAsync(
            organizationId,
            $"status IN ('ACCEPTED', 'DISBURSED') AND withdrawal_ended_at IS NULL AND withdrawal_ends_at <= {now} ORDER BY withdrawal_ends_at",
            (services, offer) =>
            {
                offer.EndWithdrawalPeriod(now);
                services.GetRequiredService<LoansDbContext>().Publish(OfferEvents.OfWithdrawalPeriodEnd(offer));
                return Task.CompletedTask;
            },
            ct
        );
    }

    /// <summary>Locks some of the offers that are due, passing over those that another instance has locked, and changes them; answers how many.</summary>
    private async Task<int> WorkAsync(
        Guid organizationId,
        FormattableString due,
        Func<IServiceProvider, LoanOffer, Task> change,
        CancellationToken ct
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        var db = scope.ServiceProvider.GetRequiredService<LoansDbContext>();
        var sql = scope.ServiceProvider.GetRequiredService<OrganizationSql>();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(ct);
        FormattableString statement = $"""
            SELECT id FROM loans.offers WHERE {sql.OfOrganization} AND {due} LIMIT {OffersPerTransaction} FOR UPDATE SKIP LOCKED
            """;
        var ids = await sql.ReadAsync(statement, row => row.GetGuid(0), ct);
        // Locked, so nobody changes them before the commit.
        foreach (var offer in await db.Offers.Where(offer => ids.Contains(offer.Id)).ToListAsync(ct))
        {
            await change(scope.ServiceProvider, offer);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }
}
