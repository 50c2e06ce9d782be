using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Changes;

/// <summary>
/// Calls the whole loan due (§ 498 BGB): interest to come is no longer owed (§ 501(2) BGB). A notice has to be recorded, its two weeks have to be over, and something
/// of what it asked for has to be unpaid. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `notice-missing`, `notice-running`, `arrears-paid`: the conditions are not met on that day. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class CallLoanDue(LoanRecorder recorder) : Endpoint<CallLoanDue.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : RecordedEvent;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new RecordedEvent.Rules());
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/calling-due");
        Permissions(ServicingPermission.Post);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var happened = request.DocumentOf(EventDocument.CallDue);
        return (await recorder.RecordAsync(Route<Guid>("id"), request.EventId, happened, ct, findObstacle: FindObstacle)).Answer();
    }

    private static Error? FindObstacle(LoanContract contract, LoanState state) =>
        CallingDue.FindObstacle(state) is { } code ? ServicingErrors.OfProblem(code) : null;
}
