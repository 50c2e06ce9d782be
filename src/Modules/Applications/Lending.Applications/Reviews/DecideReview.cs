using FastEndpoints;
using FluentValidation;
using Lending.Applications.Contracts;
using Lending.Applications.CreditApplications;
using Lending.Applications.Scoring;
using Lending.Applications.Wordings;
using Lending.Documents.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Applications.Reviews;

/// <summary>
/// Decides on an application as a person. What goes against a rule that refuses is an override: it stays in review until a second person decides the same.
/// </summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once. `conditions-missing`: a conditional approval names its conditions, and no other decision has any, nor asks
/// for documents.
/// `reasons-missing`: a refusal names its reasons, and no other decision has any. `bureau-class-unknown`: the bureau gave no class that could be a reason.
/// </response>
/// <response code="403">`second-person-required`: the caller had the first word on the override, or has entered a part of the application.</response>
/// <response code="409">
/// `application-not-in-review`: no person has to decide on it now. `application-not-claimed`: claim it first. `concurrent-change`: somebody changed it at the
/// same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class DecideReview(ApplicationSteps steps, ReviewDecision decision)
    : Endpoint<DecideReview.Request, Results<Ok<ApplicationResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>What is decided.</summary>
        /// <example>CONDITIONAL</example>
        public ReviewResult? Result { get; init; }

        /// <summary>Why; at most 2000 characters. The customer is not told.</summary>
        /// <example>The second job is permanent by now.</example>
        public string? Comment { get; init; }

        /// <summary>What the customer has to bring, in words; up to ten.</summary>
        /// <example>["Two payslips"]</example>
        public IReadOnlyList<string>? Conditions { get; init; }

        /// <summary>Why it is refused, as the customer is told in their language; one to four, of a refusal only.</summary>
        /// <example>["SURPLUS"]</example>
        public IReadOnlyList<RefusalReason>? Reasons { get; init; }

        /// <summary>
        /// Documents that meet the conditions, each kind once: whoever applied first is asked for them at once, as by `POST /document-requests`. Of a conditional
        /// approval only; left out where no document helps. Where it takes a second person, those of the second person are asked for.
        /// </summary>
        public IReadOnlyList<AskedDocuments>? Documents { get; init; }
    }

    /// <summary>Documents of a kind.</summary>
    internal sealed record AskedDocuments
    {
        /// <summary>What they are to show.</summary>
        /// <example>PAYSLIP</example>
        public DocumentKind? Kind { get; init; }

        /// <summary>How many, 1 to 12; left out: one.</summary>
        /// <example>2</example>
        public int? Count { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        private const int MostConditions = 10;
        private const int LongestCondition = 200;

        public Validator()
        {
            RuleFor(request => request.Result).NotNull();
            RuleFor(request => request.Comment).NotEmpty().MaximumLength(ApplicationTransition.MaximumCommentLength);
            RuleFor(request => request.Conditions)
                .Must(conditions => conditions is null || conditions.Count <= MostConditions)
                .WithErrorCode("too-many")
                .WithMessage($"There may be at most {MostConditions} conditions.")
                .Must(conditions =>
                    conditions is null || conditions.All(text => !string.IsNullOrWhiteSpace(text) && text.Length <= LongestCondition)
                )
                .WithErrorCode("condition-length")
                .WithMessage($"A condition has 1 to {LongestCondition} characters.");
            RuleFor(request => request.Reasons)
                .Must(reasons =>
                    reasons is null || reasons.Count <= DecisionEngine.MostReasons && reasons.Distinct().Count() == reasons.Count
                )
                .WithErrorCode("too-many")
                .WithMessage($"There may be at most {DecisionEngine.MostReasons} reasons, each once.");
            RuleFor(request => request.Documents)
                .Must(documents => documents is null || documents.DistinctBy(asked => asked?.Kind).Count() == documents.Count)
                .WithErrorCode("named-twice")
                .WithMessage("Name each kind of document once.");
            // Not NotNull, which the API document would repeat of the member itself.
            RuleForEach(request => request.Documents)
                .Must(asked => asked is not null)
                .WithErrorCode("not-null")
                .WithMessage("'{PropertyName}' must not be empty.")
                .SetValidator(new AskedDocumentsValidator());
        }
    }

    private sealed class AskedDocumentsValidator : AbstractValidator<AskedDocuments>
    {
        public AskedDocumentsValidator()
        {
            RuleFor(asked => asked.Kind).NotNull().IsInEnum();
            RuleFor(asked => asked.Count).InclusiveBetween(1, IDocumentRequests.MostAsked);
        }
    }

    public override void Configure()
    {
        Post("applications/{id:guid}/decide");
        Permissions(ApplicationsPermission.Review);
        this.NeedsStepUp();
        this.TellsOfPersons<ApplicationResponse>(nameof(CreditApplication), row => row.Id, row => row.Application.CustomerId);
    }

    public override Task<Results<Ok<ApplicationResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var conditions = request.Conditions ?? [];
        var documents = request.Documents ?? [];
        if (
            conditions.Count > 0 != (request.Result == ReviewResult.Conditional)
            || documents.Count > 0 && request.Result != ReviewResult.Conditional
        )
        {
            return Task.FromResult<Results<Ok<ApplicationResponse>, Problem>>(Problem.From(ApplicationErrors.ConditionsMissing));
        }
        var reasons = request.Reasons ?? [];
        if (reasons.Count > 0 != (request.Result == ReviewResult.Declined))
        {
            return Task.FromResult<Results<Ok<ApplicationResponse>, Problem>>(Problem.From(ApplicationErrors.ReasonsMissing));
        }
        var verdict = new Verdict(
            request.Result!.Value,
            request.Comment!,
            conditions,
            reasons.Count > 0 ? [.. reasons.Select(EnumText.Of)] : null,
            [.. documents.Select(asked => new DocumentCondition(asked.Kind!.Value, asked.Count ?? 1))]
        );
        return steps.ChangeAsync(
            HttpContext,
            Route<Guid>("id"),
            async application => await decision.MakeAsync(application, verdict, ct) is { } error ? Problem.From(error) : null,
            ct
        );
    }
}
