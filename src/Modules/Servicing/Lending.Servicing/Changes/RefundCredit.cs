using FastEndpoints;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Changes;

/// <summary>
/// Records that a credit was paid back to the borrower, wholly or in part. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `credit-exceeded`: the credit is smaller. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class RefundCredit(LoanRecorder recorder) : Endpoint<RefundCredit.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : MoneyEvent;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new MoneyEvent.Rules());
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/credit-refunds");
        Permissions(ServicingPermission.Payout);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var happened = request.DocumentOf(EventDocument.CreditRefund);
        return (await recorder.RecordAsync(Route<Guid>("id"), request.EventId, happened, ct)).Answer();
    }
}
