using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.Assessments;

/// <summary>
/// Decides on an application by policy, after asking a credit bureau about each applicant. Submitting does it by itself; this is for when evidence has come,
/// and for an application that is decided on anew. Asked twice, it decides once.
/// </summary>
/// <response code="400">`validation-failed`: what is missing, by its path. Codes of quotes: there is no instalment for these terms.</response>
/// <response code="409">
/// `application-not-assessable`: it does not wait for its decision. `no-policy`: there is none for the organisation's currency. `concurrent-change`: somebody
/// changed it at the same time.
/// </response>
internal sealed class AssessApplication(ApplicationAssessment assessment, ApplicationSteps steps, ApplicationsDbContext db)
    : EndpointWithoutRequest<Results<Ok<ApplicationResponse>, Problem>>
{
    public override void Configure()
    {
        Post("applications/{id:guid}/assess");
        Permissions(ApplicationsPermission.Assess);
        // A key would put one transaction around everything, and so around the question to the bureau.
        this.TakesNoIdempotencyKey();
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override async Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await assessment.RunAsync(id, ct) is { } problem)
        {
            return problem;
        }
        db.ChangeTracker.Clear();
        return await db.Applications.SingleOrDefaultAsync(row => row.Id == id, ct) is { } application
            ? await steps.AnswerAsync(HttpContext, application, ct)
            : Problem.NotFound;
    }
}
