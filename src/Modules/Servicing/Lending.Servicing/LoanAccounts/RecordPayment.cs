using FastEndpoints;
using FluentValidation;
using Lending.Platform.Http;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Records a payment that came in, with the day for which it counts; one of the past changes what later ones paid. It pays in the order of the account's
/// rule set. One that is enough for the payoff ends the loan with compensation and reduction of costs, however it is called. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `base-rate-missing`: it is a payoff, and default interest of these days cannot be
/// computed yet. `payoff-quote-expired`: the quote tells no amount for that day. `payoff-quote-outdated`: something was recorded since. `payoff-quote-underpaid`: it is less than the quote says. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class RecordPayment(LoanRecorder recorder) : Endpoint<RecordPayment.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : MoneyEvent
    {
        /// <summary>
        /// What becomes of more than is due: `credit` keeps it and pays what becomes due, `next` and `last` pay instalments in advance, `shorter` and
        /// `smaller` change those to come. Left out: `credit`.
        /// </summary>
        /// <example>credit</example>
        public string? Surplus { get; init; }

        /// <summary>Whether it is the whole payoff, as the table of payoffs tells it. One that is too small is kept as a credit.</summary>
        /// <example>false</example>
        public bool IsPayoff { get; init; }

        /// <summary>The payoff quote that it pays. It is a payoff then, and is refused where the quote does not hold for its day and amount.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public Guid? PayoffQuoteId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        private static readonly string[] Surpluses = ["credit", "next", "last", "shorter", "smaller"];

        public Validator()
        {
            Include(new MoneyEvent.Rules());
            RuleFor(request => request.Surplus)
                .Must(surplus => surplus is null || Surpluses.Contains(surplus))
                .WithMessage("It is none of credit, next, last, shorter and smaller.");
        }
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/payments");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var payment = request.DocumentOf(EventDocument.Payment) with
        {
            Surplus = request.Surplus,
            IsPayoff = request.IsPayoff || request.PayoffQuoteId is not null,
        };
        return (await recorder.RecordAsync(Route<Guid>("id"), request.EventId, payment, ct, request.PayoffQuoteId)).Answer();
    }
}
