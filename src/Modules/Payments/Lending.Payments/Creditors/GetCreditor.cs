using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Creditors;

/// <summary>Tells on which account the organisation collects, and as whom; 404 where it has not said so yet.</summary>
internal sealed class GetCreditor(PaymentsDbContext db) : EndpointWithoutRequest<Results<Ok<CreditorResponse>, Problem>>
{
    public override void Configure()
    {
        Get("sepa-creditor");
        Permissions(PaymentsPermission.Read);
    }

    public override async Task<Results<Ok<CreditorResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        await db.Creditors.SingleOrDefaultAsync(ct) is { } creditor
            ? TypedResults.Ok(creditor.Adapt<CreditorResponse>())
            : Problem.NotFound;
}
