using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.CreditApplications;

/// <summary>Reads an application. Customers read their own, alone or with another one.</summary>
internal sealed class GetApplication(ApplicationsDbContext db, ApplicationSteps steps)
    : EndpointWithoutRequest<Results<Ok<ApplicationResponse>, Problem>>
{
    public override void Configure()
    {
        Get("applications/{id:guid}");
        Permissions(ApplicationsPermission.Read);
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override async Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var application = await db.Applications.AsNoTracking().SingleOrDefaultAsync(application => application.Id == id, ct);
        return application is null ? Problem.NotFound : await steps.AnswerAsync(HttpContext, application, ct);
    }
}
