using FastEndpoints;
using FluentValidation;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Reviews;

/// <summary>
/// Demands, as a customer, that a person looks at a refusal that was made automatically, and gives one's own view (Art. 18 of Directive (EU) 2023/2225).
/// </summary>
/// <response code="409">
/// `application-not-declined`: it is not refused. `application-reviewed`: a person has looked at it already. `concurrent-change`: somebody changed it at the
/// same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class RequestReview(ApplicationSteps steps, ReviewDemand reviews)
    : Endpoint<RequestReview.Request, Results<Ok<ApplicationResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The customer's view; may be left out, at most 2000 characters.</summary>
        /// <example>The loan at my bank is repaid in March.</example>
        public string? Comment { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Comment).MaximumLength(ApplicationTransition.MaximumCommentLength);
    }

    public override void Configure()
    {
        Post("applications/{id:guid}/review-requests");
        Permissions(ApplicationsPermission.RequestReview);
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct) =>
        steps.ChangeAsync(
            HttpContext,
            Route<Guid>("id"),
            async application => await reviews.DemandAsync(application, request.Comment, ct) is { } error ? Problem.From(error) : null,
            ct
        );
}
