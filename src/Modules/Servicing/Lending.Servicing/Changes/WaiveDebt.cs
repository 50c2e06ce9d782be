using FastEndpoints;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Changes;

/// <summary>
/// Gives up a part of what is owed, for good. It pays in the order of the account's rule set, and is a loss. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `waiver-exceeds-debt`: so much is not owed. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class WaiveDebt(LoanRecorder recorder) : Endpoint<WaiveDebt.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : MoneyEvent;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new MoneyEvent.Rules());
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/waivers");
        Permissions(ServicingPermission.WriteOff);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var happened = request.DocumentOf(EventDocument.Waiver);
        return (await recorder.RecordAsync(Route<Guid>("id"), request.EventId, happened, ct)).Answer();
    }
}
