using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Lending.Identity.Sandboxes;

/// <summary>Advances the clock of the sandbox, and does what has become due by it: offers expire, instalments are posted.</summary>
/// <remarks>
/// It only goes forwards, at most ten years beyond the real time, and goes on from there. Everything of the business goes by it; logins, invitations, keys,
/// webhooks and the audit log go by the real time. Events of what has become due are delivered as always, a moment after the answer.
/// </remarks>
/// <response code="400">`validation-failed`: `now` is missing. `clock-too-far`: more than ten years ahead. `malformed-json`.</response>
/// <response code="409">
/// `not-a-sandbox`: it takes an API key with the mode `sandbox`. `clock-goes-forwards`: it is that time or later already.
/// `concurrent-change`: somebody else advanced it at the same time.
/// </response>
internal sealed class AdvanceClock(
    IdentityDbContext db,
    SandboxClocks clocks,
    IEnumerable<IHostedService> services,
    Caller caller,
    TimeProvider clock
) : Endpoint<AdvanceClock.Request, Results<Ok<SandboxClockResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>What time it is there from now on.</summary>
        /// <example>2027-01-31T09:00:00Z</example>
        public DateTimeOffset? Now { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Now).NotNull();
    }

    public override void Configure()
    {
        Post("sandbox/clock");
        Permissions(IdentityPermission.SandboxManage);
        // The jobs have to see the new time, so it is committed before they begin.
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<SandboxClockResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (!caller.HasSandboxKey)
        {
            return Problem.From(Error.NotASandbox);
        }
        var sandbox = await db.Organizations.OfEveryOrganization().SingleAsync(row => row.Id == caller.OrganizationId, ct);
        var now = clock.GetStorableNow();
        if (sandbox.AdvanceClock(request.Now!.Value.ToStorable(), now) is { } refusal)
        {
            return Problem.From(refusal);
        }
        await db.SaveChangesAsync(ct);
        await clocks.ReadAsync(sandbox.Id, ct);
        await RunJobsAsync(sandbox.Id, ct);
        return TypedResults.Ok(SandboxClockResponse.Of(sandbox.ClockAhead, now));
    }

    // As at their turns: what they do is no part of the request, and is not done by its caller.
    private Task RunJobsAsync(Guid sandboxId, CancellationToken ct)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(
                async () =>
                {
                    foreach (var job in services.OfType<OrganizationJob>())
                    {
                        await job.CatchUpAsync(sandboxId, ct);
                    }
                },
                ct
            );
        }
    }
}
