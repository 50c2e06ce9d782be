using FastEndpoints;
using FluentValidation;
using Lending.Applications.Contracts;
using Lending.Applications.Data;
using Lending.Applications.Risk;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.CreditApplications;

/// <summary>
/// Submits a draft. What has to be there and is not is told at once. It is decided on right after. Whether it may be fraud is scored at once; that refuses
/// nobody, and no decision on the loan rests on it.
/// </summary>
/// <response code="400">`validation-failed`: what is missing in the draft, by its path, or wrong in the request.</response>
/// <response code="409">`application-not-draft`: it was submitted already. `concurrent-change`: somebody changed it at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class SubmitApplication(
    ApplicationSteps steps,
    ApplicationsDbContext db,
    RiskCheck risk,
    Caller caller,
    OrganizationClock clock
) : Endpoint<SubmitApplication.Request, Results<Ok<ApplicationResponse>, Problem>>
{
    private static readonly ApplicationDetails.CompleteRules Complete = new();

    internal sealed record Request
    {
        /// <summary>What a page saw of how its form was filled in. Leave it out for forms that staff fill in.</summary>
        public ObservedForm? Form { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() =>
            RuleFor(request => request.Form!).SetValidator(new ObservedForm.Rules()).When(request => request.Form is not null);
    }

    public override void Configure()
    {
        Post("applications/{id:guid}/submit");
        Permissions(ApplicationsPermission.Write);
        Description(route => route.BodyMayBeLeftOut<Request>());
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct) =>
        steps.ChangeAsync(HttpContext, Route<Guid>("id"), application => SubmitAsync(application, request.Form, ct), ct);

    private async Task<Problem?> SubmitAsync(CreditApplication application, ObservedForm? form, CancellationToken ct)
    {
        var content = application.ReadContent();
        var missing = Complete.Validate(content.Details);
        if (application.Status == ApplicationStatus.Draft && !missing.IsValid)
        {
            return Problem.FromValidation(missing.Errors);
        }
        var now = clock.GetStorableNow();
        if (application.Move(ApplicationStatus.Submitted, caller.Reference, comment: null, now) is { } error)
        {
            return Problem.From(error);
        }
        var subject = new RiskSubject
        {
            ApplicationId = application.Id,
            CustomerIds = application.CustomerIds,
            StartedBy = application.CreatedBy,
            StaffLogins = [.. content.Entered.Values.Where(field => !field.IsCustomer).Select(field => field.Username).Distinct()],
            Form = form,
            Request = caller.CustomerScope is null ? null : RequestOf(HttpContext),
        };
        application.AskForPerson(await risk.RunAsync(subject, now, ct) == RiskLevel.Review);
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
        return null;
    }

    private static ObservedRequest RequestOf(HttpContext context) =>
        new(
            context.Connection.RemoteIpAddress,
            Cut(context.Request.Headers.UserAgent.ToString()),
            Cut(context.Request.Headers.AcceptLanguage.ToString())
        );

    private static string Cut(string header)
    {
        const int longest = 500;
        return header.Length > longest ? header[..longest] : header;
    }
}
