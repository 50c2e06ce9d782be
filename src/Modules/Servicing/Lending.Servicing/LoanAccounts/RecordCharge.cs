using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using Lending.Loans.Amortization;
using Lending.Platform.Http;
using Lending.Servicing.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Charges a fee, a penalty or costs of enforcement. Lump sums above the real cost are void (§ 309 no. 5 BGB): charge what was really booked. The answer
/// is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class RecordCharge(LoanRecorder recorder) : Endpoint<RecordCharge.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal enum ChargeKind
    {
        Fee,
        Penalty,
        EnforcementCosts,
    }

    internal sealed record Request : MoneyEvent
    {
        /// <summary>What it is for.</summary>
        /// <example>FEE</example>
        public ChargeKind? Kind { get; init; }

        /// <summary>By when it is paid, not before the day for which it counts; that day if it is left out.</summary>
        /// <example>2027-01-01</example>
        public DateOnly? DueOn { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new MoneyEvent.Rules());
            RuleFor(request => request.Kind).NotNull();
            RuleFor(request => request.DueOn)
                .Must(
                    (request, day) =>
                        day is null
                        || (
                            day >= request.EffectiveOn
                            && day.Value.Year > LoanLimits.FirstYear
                            && day.Value.AddYears(-1) <= request.EffectiveOn
                        )
                )
                .WithMessage("It is before the day for which it counts, or more than a year after it.");
        }
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/charges");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        // The types of events are the kinds' names.
        var type = JsonNamingPolicy.KebabCaseLower.ConvertName(request.Kind!.Value.ToString());
        var charge = request.DocumentOf(type) with { DueOn = request.DueOn };
        return (await recorder.RecordAsync(Route<Guid>("id"), request.EventId, charge, ct)).Answer();
    }
}
