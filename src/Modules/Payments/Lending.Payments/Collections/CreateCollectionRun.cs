using FastEndpoints;
using FluentValidation;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Collections;

/// <summary>
/// Makes a run that collects, on a day, all instalments that are due by then and open, of loan accounts with a mandate in use. What failed and may be tried again is
/// in it; what another run collects is not. It waits for a second person.
/// </summary>
/// <response code="409">
/// `closed-day`: banks settle nothing on this day. `too-late-for-day`: the bank needs the file one open day before, by one o'clock. `too-early-for-day`: the day is more
/// than 14 days ahead. `too-late-for-notice`: customers would be told of it later than was agreed with them. `no-creditor`: the organisation has not said on which account it collects. `nothing-due`: nothing is to be collected by then.
/// `concurrent-change`: somebody else makes a run at the same time.
/// </response>
internal sealed class CreateCollectionRun(PaymentsDbContext db, CollectionPlan plan, Caller caller, OrganizationClock clock)
    : Endpoint<CreateCollectionRun.Request, Results<Created<CollectionRunResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The day on which is collected: a day of TARGET.</summary>
        /// <example>2027-01-04</example>
        public DateOnly? CollectOn { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.CollectOn).NotNull();
    }

    public override void Configure()
    {
        Post("collection-runs");
        Permissions(PaymentsPermission.Post);
    }

    public override async Task<Results<Created<CollectionRunResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await db.Creditors.Select(creditor => (int?)creditor.NoticeDays).SingleOrDefaultAsync(ct) is not { } noticeDays)
        {
            return Problem.From(PaymentsErrors.NoCreditor);
        }
        var now = clock.GetStorableNow();
        var collectOn = request.CollectOn!.Value;
        if (CollectionRun.FindObstacleOf(collectOn, noticeDays, now) is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        var run = CollectionRun.Create(collectOn, caller.Reference, now);
        var collections = await plan.MakeAsync(run, ct);
        if (collections.Count == 0)
        {
            return Problem.From(CollectionErrors.NothingDue);
        }
        run.Comprise(collections);
        db.Add(run);
        // Of two runs for the same instalment, a unique index refuses one.
        db.AddRange(collections);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/collection-runs/{run.Id}", run.Adapt<CollectionRunResponse>());
    }
}
