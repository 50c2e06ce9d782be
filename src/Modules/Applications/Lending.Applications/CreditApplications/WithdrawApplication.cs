using FastEndpoints;
using FluentValidation;
using Lending.Applications.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.CreditApplications;

/// <summary>Ends an application that the customer does not want any more. Nothing can be withdrawn once the loan was accepted.</summary>
/// <response code="409">
/// `application-not-open`: it is over, or its loan was accepted. `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class WithdrawApplication(ApplicationSteps steps, Caller caller, OrganizationClock clock)
    : Endpoint<WithdrawApplication.Request, Results<Ok<ApplicationResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Why; may be left out, at most 2000 characters.</summary>
        /// <example>We bought a smaller system without a loan.</example>
        public string? Comment { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Comment).MaximumLength(ApplicationTransition.MaximumCommentLength);
    }

    public override void Configure()
    {
        Post("applications/{id:guid}/withdraw");
        Permissions(ApplicationsPermission.Write);
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct) =>
        steps.MoveAsync(
            HttpContext,
            Route<Guid>("id"),
            application => application.Move(ApplicationStatus.Withdrawn, caller.Reference, request.Comment, clock.GetStorableNow()),
            ct
        );
}
