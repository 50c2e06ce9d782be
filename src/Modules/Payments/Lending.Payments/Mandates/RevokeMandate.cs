using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Mandates;

/// <summary>Revokes a mandate, as the customer wants it: nothing more is collected by it. Debits that are at the bank already stay there.</summary>
/// <response code="409">`mandate-revoked`: it was revoked already. `concurrent-change`: somebody changed it at the same time.</response>
internal sealed class RevokeMandate(PaymentsDbContext db, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<MandateResponse>, Problem>>
{
    public override void Configure()
    {
        Post("mandates/{id:guid}/revocation");
        Permissions(PaymentsPermission.Post);
        this.TellsOfPersons<MandateResponse>(nameof(Mandate), mandate => mandate.Id, mandate => mandate.CustomerId);
    }

    public override async Task<Results<Ok<MandateResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Mandates.SingleOrDefaultAsync(mandate => mandate.Id == id, ct) is not { } mandate)
        {
            return Problem.NotFound;
        }
        if (mandate.Revoke(clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(mandate.Adapt<MandateResponse>());
    }
}
