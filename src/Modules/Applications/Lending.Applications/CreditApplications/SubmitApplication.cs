using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.CreditApplications;

/// <summary>Submits a draft. What has to be there and is not is told at once. It is decided on right after.</summary>
/// <response code="400">`validation-failed`: what is missing in the draft, by its path.</response>
/// <response code="409">`application-not-draft`: it was submitted already. `concurrent-change`: somebody changed it at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class SubmitApplication(ApplicationSteps steps, ApplicationsDbContext db, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<ApplicationResponse>, Problem>>
{
    private static readonly ApplicationDetails.CompleteRules Complete = new();

    public override void Configure()
    {
        Post("applications/{id:guid}/submit");
        Permissions(ApplicationsPermission.Write);
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        steps.ChangeAsync(
            HttpContext,
            Route<Guid>("id"),
            application =>
            {
                var missing = Complete.Validate(application.ReadContent().Details);
                if (application.Status == ApplicationStatus.Draft && !missing.IsValid)
                {
                    return Task.FromResult<Problem?>(Problem.FromValidation(missing.Errors));
                }
                var now = clock.GetStorableNow();
                if (application.Move(ApplicationStatus.Submitted, caller.Reference, comment: null, now) is { } error)
                {
                    return Task.FromResult<Problem?>(Problem.From(error));
                }
                db.Publish(
                    new ApplicationSubmitted
                    {
                        ApplicationId = application.Id,
                        OrganizationId = caller.OrganizationId,
                        CustomerId = application.CustomerId,
                        At = now,
                        By = caller.UserId,
                    }
                );
                return Task.FromResult<Problem?>(null);
            },
            ct
        );
}
