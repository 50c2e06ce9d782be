using FastEndpoints;
using FluentValidation;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LedgerExports;

/// <summary>
/// Closes the books for all days until one that is over. What was posted for them until now is what they ever were. Payments and reversals with a day of the
/// period are still recorded: they are posted with a later time, so exports and trial balances with the answer's `closedAt` as `knownAt` never have them. A
/// period is never opened again.
/// </summary>
/// <response code="409">`period-closed`: these days are closed already.</response>
internal sealed class ClosePeriod(ServicingDbContext db, Transactions transactions, Caller caller, OrganizationClock clock)
    : Endpoint<ClosePeriod.Request, Results<Created<ClosedPeriodResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The last day of the period: before today, and after the period before.</summary>
        /// <example>2026-11-30</example>
        public DateOnly? Through { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Through).NotNull();
    }

    public override void Configure()
    {
        Post("closed-periods");
        Permissions(ServicingPermission.Ledger);
    }

    public override async Task<Results<Created<ClosedPeriodResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var through = request.Through!.Value;
        await using var transaction = await transactions.BeginAsync(ct);
        // Waits until what is being posted is committed, and lets nobody post until the closing is: both take this lock, the others by a trigger.
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({$"closed periods {caller.OrganizationId}"}, 0))",
            ct
        );
        var now = clock.GetStorableNow();
        if (through >= ServicingDay.Of(now))
        {
            return Problem.From(ExportErrors.PeriodNotOver);
        }
        if (await db.ClosedPeriods.AnyAsync(closed => closed.Through >= through, ct))
        {
            return Problem.From(ExportErrors.PeriodClosed);
        }
        var period = ClosedPeriod.Of(through, caller.Reference, now);
        db.Add(period);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Created("/api/v1/closed-periods", period.Adapt<ClosedPeriodResponse>());
    }
}
