using FastEndpoints;
using Lending.Applications.Assessments;
using Lending.Applications.Bureau;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Data;
using Lending.Applications.Wordings;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Lending.Applications.Explanations;

/// <summary>
/// Explains the last decision on an application: procedure, figures, reasons, what would have changed the result, the credit bureau's answer about the reader,
/// and rights. Staff read what the first applicant does.
/// </summary>
/// <response code="409">`application-not-decided`: nobody has decided on it yet.</response>
internal sealed class GetExplanation(ApplicationsDbContext db, IOptions<BureauOptions> bureau, Caller caller)
    : Endpoint<GetExplanation.Request, Results<Ok<Explanation>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The languages that the reader likes, as browsers send them: en (also where none is had) or de.</summary>
        [FromHeader("Accept-Language", isRequired: false)]
        public string? AcceptLanguage { get; init; }
    }

    public override void Configure()
    {
        Get("applications/{id:guid}/explanation");
        Permissions(ApplicationsPermission.Read);
        this.TellsOfPersons(nameof(CreditApplication));
    }

    public override async Task<Results<Ok<Explanation>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var application = await db.Applications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        if (application is null)
        {
            return Problem.NotFound;
        }
        var automatic = await db
            .Decisions.AsNoTracking()
            .Where(decision => decision.ApplicationId == id)
            .OrderByDescending(decision => decision.Id)
            .FirstOrDefaultAsync(ct);
        if (automatic is null)
        {
            return Problem.From(ApplicationErrors.NotDecided);
        }
        var review = await db
            .Reviews.AsNoTracking()
            .Where(row => row.DecisionId == automatic.Id && row.CompletedAt != null && (!row.IsOverride || row.ConfirmedById != null))
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.CompletedAt, row.Conditions })
            .FirstOrDefaultAsync(ct);
        var reader = caller.CustomerScope ?? application.CustomerId;
        var inquiry = await db
            .ScoreInquiries.AsNoTracking()
            .Where(asked => asked.ApplicationId == id && asked.CustomerId == reader && asked.AnsweredAt != null)
            .OrderByDescending(asked => asked.Id)
            .FirstOrDefaultAsync(ct);
        var wording = Wording.For(request.AcceptLanguage);
        HttpContext.Response.Headers.ContentLanguage = wording.Language;
        HttpContext.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        var decision = automatic.Read();
        var isOneOfTwo = caller.CustomerScope is not null && application.SecondCustomerId is not null;
        var reasons = isOneOfTwo ? ReasonsForOneOfTwo.Of(decision.Result.Reasons) : decision.Result.Reasons;
        return TypedResults.Ok(
            new Explanation
            {
                ApplicationId = id,
                Status = application.Status,
                Language = wording.Language,
                IsAutomated = review is null,
                DecidedAt = review?.CompletedAt ?? automatic.CreatedAt,
                PolicyVersion = automatic.PolicyVersion,
                How = review is null ? wording.ByRules : wording.ByPerson,
                Procedure = wording.Procedure,
                Affordability = decision.Result.Affordability,
                MinimumSurplus = decision.Policy.MinimumSurplus,
                MaximumDebtService = decision.Policy.MaximumDebtService,
                Score = isOneOfTwo ? null : decision.Result.Score,
                ApproveFromPoints = decision.Policy.ApproveFromPoints,
                Reasons =
                [
                    .. reasons.Select(reason => new ExplainedReason
                    {
                        Code = reason.Code,
                        Text = wording.Reason(reason.Code),
                        LostPoints = reason.LostPoints,
                        Counterfactual = reason.Counterfactual,
                        WouldPass = wording.WouldPass(reason.Counterfactual, application.Currency),
                    }),
                ],
                Conditions = review?.Conditions ?? [],
                Bureau = inquiry is null ? wording.NoBureau : wording.Bureau(bureau.Value.Name, bureau.Value.Contact, inquiry),
                Rights = wording.Rights,
                DebtAdvice = wording.DebtAdvice,
            }
        );
    }
}
