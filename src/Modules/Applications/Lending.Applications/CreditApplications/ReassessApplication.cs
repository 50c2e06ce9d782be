using FastEndpoints;
using Lending.Applications.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.CreditApplications;

/// <summary>
/// Opens an approved application again, because more is to be borrowed (Art. 18 of Directive (EU) 2023/2225): it can be changed, and is then decided on anew.
/// </summary>
/// <response code="409">
/// `application-not-approved`: it is not approved; what a contract rests on stays. `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class ReassessApplication(ApplicationSteps steps, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<ApplicationResponse>, Problem>>
{
    public override void Configure()
    {
        Post("applications/{id:guid}/reassess");
        Permissions(ApplicationsPermission.Assess);
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(CancellationToken ct) =>
        steps.MoveAsync(
            HttpContext,
            Route<Guid>("id"),
            application => application.Move(ApplicationStatus.Reassessing, caller.Reference, comment: null, clock.GetStorableNow()),
            ct
        );
}
