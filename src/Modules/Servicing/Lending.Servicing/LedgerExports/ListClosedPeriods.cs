using FastEndpoints;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LedgerExports;

/// <summary>Lists the periods that the organisation has closed, the last one first.</summary>
internal sealed class ListClosedPeriods(ServicingDbContext db) : EndpointWithoutRequest<Ok<ListClosedPeriods.ClosedPeriods>>
{
    internal sealed record ClosedPeriods
    {
        /// <summary>All of them.</summary>
        public required IReadOnlyList<ClosedPeriodResponse> Periods { get; init; }
    }

    public override void Configure()
    {
        Get("closed-periods");
        Permissions(ServicingPermission.Ledger);
    }

    public override async Task<Ok<ClosedPeriods>> ExecuteAsync(CancellationToken ct) =>
        TypedResults.Ok(
            new ClosedPeriods
            {
                Periods = await db
                    .ClosedPeriods.OrderByDescending(period => period.Through)
                    .ProjectToType<ClosedPeriodResponse>()
                    .ToListAsync(ct),
            }
        );
}
