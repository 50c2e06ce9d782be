using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Sandboxes;

/// <summary>Reads what time it is in the sandbox.</summary>
/// <response code="409">`not-a-sandbox`: it takes an API key with the mode `sandbox`; everywhere else the time is the real one.</response>
internal sealed class GetClock(IdentityDbContext db, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<SandboxClockResponse>, Problem>>
{
    public override void Configure()
    {
        Get("sandbox/clock");
        Permissions(IdentityPermission.SandboxManage);
    }

    public override async Task<Results<Ok<SandboxClockResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        if (!caller.HasSandboxKey)
        {
            return Problem.From(Error.NotASandbox);
        }
        var ahead = await db
            .Organizations.OfEveryOrganization()
            .Where(sandbox => sandbox.Id == caller.OrganizationId)
            .Select(sandbox => sandbox.ClockAhead)
            .SingleAsync(ct);
        return TypedResults.Ok(SandboxClockResponse.Of(ahead, clock.GetStorableNow()));
    }
}
