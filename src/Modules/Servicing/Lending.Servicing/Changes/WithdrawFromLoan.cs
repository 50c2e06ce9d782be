using FastEndpoints;
using Lending.Platform.Http;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Changes;

/// <summary>
/// Records that the borrower withdrew from the contract after the payout (§ 355 BGB), with the day on which they declared it; whether they still could is for a person to
/// judge. What was paid out is owed back within 30 days, with the agreed interest for each day and nothing else: fees are given back, and an early end costs nothing.
/// `GET …/payoffs` tells what that is on each day. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `not-to-withdraw-from`: it was withdrawn from or called due already. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class WithdrawFromLoan(LoanRecorder recorder)
    : Endpoint<WithdrawFromLoan.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : RecordedEvent;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new RecordedEvent.Rules());
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/withdrawal");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var happened = request.DocumentOf(EventDocument.Withdrawal);
        return (await recorder.RecordAsync(Route<Guid>("id"), request.EventId, happened, ct)).Answer();
    }
}
