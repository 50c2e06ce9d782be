using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using Lending.Loans.Amortization;
using Lending.Platform.Http;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Changes;

/// <summary>
/// Changes the instalments to come, which makes a new schedule version: defers them, lets some pay interest alone, adds some, lowers the rate, or makes a new plan with
/// what is overdue in it. Whatever does not only lower the rate needs the customer's consent. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `no-instalments-left`: all instalments are due already. `rate-not-lower`: the rate is as high, or higher. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class RescheduleLoan(LoanRecorder recorder) : Endpoint<RescheduleLoan.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    /// <summary>What a reschedule changes.</summary>
    internal enum RescheduleKind
    {
        /// <summary>All due dates from one on move by some months.</summary>
        Deferral,

        /// <summary>Some instalments pay interest alone, and as many are added at the end.</summary>
        InterestOnly,

        /// <summary>There are some instalments more, and each is smaller.</summary>
        MoreInstalments,

        /// <summary>The rate is lower from the day on.</summary>
        RateReduction,

        /// <summary>All principal that is owed, overdue or not, gets a new plan of some monthly instalments.</summary>
        ReAge,

        /// <summary>Overdue principal is laid over the instalments to come.</summary>
        ReAmortise,
    }

    /// <summary>Why instalments are rescheduled.</summary>
    internal enum RescheduleReason
    {
        /// <summary>The customer asked for it.</summary>
        CustomerRequest,

        /// <summary>The customer cannot pay as agreed (forbearance).</summary>
        Hardship,

        /// <summary>The lender offered it.</summary>
        LenderOffer,

        /// <summary>A court decided on it, or both sides settled there.</summary>
        Court,
    }

    internal sealed record Request : RecordedEvent
    {
        /// <summary>What changes.</summary>
        /// <example>DEFERRAL</example>
        public RescheduleKind? Kind { get; init; }

        /// <summary>The first due date that it concerns; of a new plan its first one. Left out where the rate is lowered or arrears are laid over the instalments.</summary>
        /// <example>2027-02-01</example>
        public DateOnly? FromDueOn { get; init; }

        /// <summary>How many months, or instalments.</summary>
        /// <example>2</example>
        public int? Count { get; init; }

        /// <summary>The lower rate.</summary>
        /// <example>3.9</example>
        public decimal? AnnualRatePercent { get; init; }

        /// <summary>Why.</summary>
        /// <example>HARDSHIP</example>
        public RescheduleReason? Reason { get; init; }

        /// <summary>The document with which the customer consented.</summary>
        public ConsentDocument? Consent { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        private const int MostCount = 120;
        private const int FurthestYears = 10;

        public Validator()
        {
            Include(new RecordedEvent.Rules());
            RuleFor(request => request.Kind).NotNull();
            RuleFor(request => request.Reason).NotNull();
            RuleFor(request => request.Count)
                .Must(
                    (request, count) =>
                        count is not null == request.Kind is not (null or RescheduleKind.RateReduction or RescheduleKind.ReAmortise)
                )
                .WithMessage("It is given where months or instalments are counted, and nowhere else.");
            RuleFor(request => request.Count).InclusiveBetween(1, MostCount);
            RuleFor(request => request.FromDueOn)
                .Must(
                    (request, day) =>
                        day is not null == request.Kind is not (null or RescheduleKind.RateReduction or RescheduleKind.ReAmortise)
                )
                .WithMessage("It is given where a due date is concerned, and nowhere else.");
            RuleFor(request => request.FromDueOn)
                .Must(
                    (request, day) =>
                        day is null
                        || (
                            day > request.EffectiveOn
                            && day.Value.Year > LoanLimits.FirstYear
                            && day.Value.AddYears(-FurthestYears) <= request.EffectiveOn
                        )
                )
                .WithMessage("It is not after the day for which it counts, or more than ten years after it.");
            RuleFor(request => request.AnnualRatePercent)
                .Must((request, rate) => rate is not null == (request.Kind == RescheduleKind.RateReduction))
                .WithMessage("It is given where the rate is lowered, and nowhere else.");
            RuleFor(request => request.AnnualRatePercent).InclusiveBetween(0, 100).PrecisionScale(7, 4, ignoreTrailingZeros: true);
            RuleFor(request => request.Consent)
                .Must((request, consent) => consent is not null || request.Kind is null or RescheduleKind.RateReduction)
                .WithMessage("Without the customer's consent the rate can be lowered, and nothing else.");
            RuleFor(request => request.Consent!).SetValidator(new ConsentRules());
        }
    }

    internal sealed class ConsentRules : Validator<ConsentDocument>
    {
        public ConsentRules()
        {
            // Without spaces: what is kept with the books is the name of a document, not of a person.
            RuleFor(document => document.Reference).NotEmpty().Matches("^[A-Za-z0-9._:/-]{1,100}$").MustBeOneLine();
            RuleFor(document => document.Sha256).NotEmpty().Matches("^[0-9a-f]{64}$").MustBeOneLine();
        }
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/reschedules");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var happened = request.DocumentOf(TypeOf(request.Kind!.Value)) with
        {
            // A new rate holds from its day on, for all instalments to come.
            FromDueOn = request.FromDueOn ?? request.EffectiveOn,
            Count = request.Kind is RescheduleKind.MoreInstalments or RescheduleKind.ReAge ? request.Count!.Value : 0,
            ShiftMonths = request.Kind == RescheduleKind.Deferral ? request.Count!.Value : 0,
            PrincipalFreeInstalments = request.Kind == RescheduleKind.InterestOnly ? request.Count!.Value : 0,
            AnnualRatePercent = request.AnnualRatePercent,
            Reason = JsonNamingPolicy.KebabCaseLower.ConvertName(request.Reason!.Value.ToString()),
            Consent = request.Consent,
        };
        return (
            await recorder.RecordAsync(
                Route<Guid>("id"),
                request.EventId,
                happened,
                ct,
                // Nothing else depends on what the loan is at present.
                findObstacle: request.AnnualRatePercent is not { } rate
                    ? null
                    : (_, state) => rate >= state.AnnualRatePercent ? ServicingErrors.RateNotLower : null
            )
        ).Answer();
    }

    private static string TypeOf(RescheduleKind kind) =>
        kind switch
        {
            RescheduleKind.ReAge => EventDocument.ReAge,
            RescheduleKind.ReAmortise => EventDocument.ReAmortise,
            _ => EventDocument.Reschedule,
        };
}
