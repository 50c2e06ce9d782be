using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Mandates;

/// <summary>Reads a mandate. Its account is masked.</summary>
internal sealed class GetMandate(PaymentsDbContext db) : EndpointWithoutRequest<Results<Ok<MandateResponse>, Problem>>
{
    public override void Configure()
    {
        Get("mandates/{id:guid}");
        Permissions(PaymentsPermission.Read);
        this.TellsOfPersons<MandateResponse>(nameof(Mandate), mandate => mandate.Id, mandate => mandate.CustomerId);
    }

    public override async Task<Results<Ok<MandateResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        return await db.Mandates.AsNoTracking().SingleOrDefaultAsync(mandate => mandate.Id == id, ct) is { } found
            ? TypedResults.Ok(found.Adapt<MandateResponse>())
            : Problem.NotFound;
    }
}
