using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Payouts;

/// <summary>Reads a payout run.</summary>
internal sealed class GetPayoutRun(PaymentsDbContext db) : EndpointWithoutRequest<Results<Ok<PayoutRunResponse>, Problem>>
{
    public override void Configure()
    {
        Get("payout-runs/{id:guid}");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Results<Ok<PayoutRunResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        return await db.PayoutRuns.Where(run => run.Id == id).ProjectToType<PayoutRunResponse>().SingleOrDefaultAsync(ct) is { } found
            ? TypedResults.Ok(found)
            : Problem.NotFound;
    }
}
