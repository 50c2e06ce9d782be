using FastEndpoints;
using Lending.Platform.Http;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Records an extra repayment (Sondertilgung): it pays what is due, and repays principal with the rest. From then on the account has a new schedule
/// version. What would repay everything stays the borrower's credit, until it is enough for the payoff. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class RepayExtra(LoanRecorder recorder) : Endpoint<RepayExtra.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : MoneyEvent
    {
        /// <summary>True: all later instalments are smaller. False: they stay as they are, and there are fewer.</summary>
        /// <example>false</example>
        public bool MakesInstalmentsSmaller { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new MoneyEvent.Rules());
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/extra-repayments");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var repayment = request.DocumentOf(EventDocument.ExtraRepayment) with { MakesInstalmentsSmaller = request.MakesInstalmentsSmaller };
        return (await recorder.RecordAsync(Route<Guid>("id"), request.EventId, repayment, ct)).Answer();
    }
}
