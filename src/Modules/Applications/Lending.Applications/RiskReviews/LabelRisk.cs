using FastEndpoints;
using FluentValidation;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Risk;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Applications.RiskReviews;

/// <summary>
/// Says, as a person who has looked at it, whether an application is fraud. What is genuine needs neither a code nor a person on that account any more, what
/// is fraud is not approved without a person. It refuses nothing by itself; the last word counts.
/// </summary>
/// <response code="403">`second-person-required`: the caller has entered a part of the application.</response>
/// <response code="404">`not-found`: no such application, or it was not submitted yet.</response>
internal sealed class LabelRisk(
    ApplicationsDbContext db,
    ApplicationSteps steps,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<LabelRisk.Request, Results<Ok<RiskResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>What it is.</summary>
        /// <example>GENUINE</example>
        public RiskLabel? Label { get; init; }

        /// <summary>Why; may be left out, at most 2000 characters. The customer is not told.</summary>
        /// <example>We have called back.</example>
        public string? Comment { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Label).NotNull();
            RuleFor(request => request.Comment).MaximumLength(ApplicationTransition.MaximumCommentLength);
        }
    }

    public override void Configure()
    {
        Post("applications/{id:guid}/risk/labels");
        Permissions(ApplicationsPermission.Review);
        this.TellsOfPersons<RiskResponse>(nameof(RiskAssessment), row => row.ApplicationId, row => row.CustomerId);
    }

    public override async Task<Results<Ok<RiskResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        await using var transaction = await transactions.BeginAsync(ct);
        if (
            await steps.LockAsync(id, ct) is not { } application
            || await db.RiskAssessments.SingleOrDefaultAsync(row => row.ApplicationId == id, ct) is not { } risk
        )
        {
            return Problem.NotFound;
        }
        if (application.HasPartIn(caller.UserId))
        {
            return Problem.From(ApplicationErrors.SecondPersonRequired);
        }
        risk.Call(request.Label!.Value, request.Comment, caller.Reference, clock.GetStorableNow());
        application.AskForPerson(request.Label == RiskLabel.Fraud);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(RiskResponse.Of(risk));
    }
}
