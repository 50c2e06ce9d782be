using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Reviews;

/// <summary>Takes an application to decide on it: one that the policy leaves to people, or whose refusal the customer wants looked at.</summary>
/// <response code="403">`second-person-required`: the caller has entered a part of it.</response>
/// <response code="409">
/// `application-not-in-review`: no person has to decide on it now. `application-claimed`: somebody else has taken it. `concurrent-change`: somebody changed it
/// at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class ClaimReview(ApplicationSteps steps, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<ApplicationResponse>, Problem>>
{
    public override void Configure()
    {
        Post("applications/{id:guid}/claim");
        Permissions(ApplicationsPermission.Review);
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        steps.MoveAsync(HttpContext, Route<Guid>("id"), application => application.Claim(caller.Reference, clock.GetStorableNow()), ct);
}
