using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Applications.Risk;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.RiskReviews;

/// <summary>Tells how likely it is that an application is fraud, from 0 to 1, and why. One that was not submitted yet has no score.</summary>
internal sealed class GetRisk(ApplicationsDbContext db) : EndpointWithoutRequest<Results<Ok<RiskResponse>, Problem>>
{
    public override void Configure()
    {
        Get("applications/{id:guid}/risk");
        Permissions(ApplicationsPermission.Review);
        this.TellsOfPersons<RiskResponse>(nameof(RiskAssessment), row => row.ApplicationId, row => row.CustomerId);
    }

    public override async Task<Results<Ok<RiskResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var risk = await db.RiskAssessments.AsNoTracking().SingleOrDefaultAsync(row => row.ApplicationId == id, ct);
        return risk is null ? Problem.NotFound : TypedResults.Ok(RiskResponse.Of(risk));
    }
}
