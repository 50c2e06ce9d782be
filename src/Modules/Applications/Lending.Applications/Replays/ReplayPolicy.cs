using FastEndpoints;
using FluentValidation;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Applications.Scoring;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Replays;

/// <summary>
/// Runs a policy over the newest decisions of the organisation, with the inputs that were kept with them, and tells what it would have decided. Nothing comes of it
/// but that the policy may go live.
/// </summary>
/// <response code="400">`validation-failed`: how many is out of range.</response>
/// <response code="409">`concurrent-change`: somebody changed the policy meanwhile.</response>
internal sealed class ReplayPolicy(ApplicationsDbContext db, OrganizationClock clock)
    : Endpoint<ReplayPolicy.Request, Results<Ok<PolicyDistribution>, Problem>>
{
    private const int MostDecisions = 5_000;

    internal sealed record Request
    {
        /// <summary>How many decisions, the newest first: 1 to 5,000.</summary>
        /// <example>1000</example>
        public int? Decisions { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Decisions).NotNull().InclusiveBetween(1, MostDecisions);
    }

    public override void Configure()
    {
        Post("credit-policies/{id:guid}/replays");
        Permissions(ApplicationsPermission.Policies);
    }

    public override async Task<Results<Ok<PolicyDistribution>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Policies.SingleOrDefaultAsync(policy => policy.Id == id, ct) is not { } policy)
        {
            return Problem.NotFound;
        }
        var content = policy.Read();
        var compared = new List<PolicyDistribution.Compared>();
        var past = db
            .Decisions.AsNoTracking()
            .OrderByDescending(decision => decision.CreatedAt)
            .ThenByDescending(decision => decision.Id)
            .Take(request.Decisions!.Value)
            .AsAsyncEnumerable();
        await foreach (var decision in past.WithCancellation(ct))
        {
            var stored = decision.Read();
            // Amounts of another currency would mean nothing to it.
            if (stored.Policy.Currency == content.Currency)
            {
                var would = DecisionEngine.Evaluate(content, stored.Inputs);
                compared.Add(new(stored.Result.Outcome, would.Outcome, would.Score.Points, 1));
            }
        }
        policy.Replay(clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PolicyDistribution.Of(compared));
    }
}
