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
/// Writes off what is owed: it is a loss in the books. The borrower still owes it, and what comes in later is a recovery. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `nothing-owed`: there is nothing to write off. `already-written-off`: it was before. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class WriteOffLoan(LoanRecorder recorder) : Endpoint<WriteOffLoan.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : RecordedEvent;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new RecordedEvent.Rules());
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/write-off");
        Permissions(ServicingPermission.WriteOff);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var happened = request.DocumentOf(EventDocument.WriteOff);
        return (await recorder.RecordAsync(Route<Guid>("id"), request.EventId, happened, ct, findObstacle: FindObstacle)).Answer();
    }

    private static Error? FindObstacle(LoanLife life, LoanState state) =>
        state.Status switch
        {
            LoanStatus.WrittenOff => ServicingErrors.WrittenOffAlready,
            LoanStatus.Settled => ServicingErrors.NothingOwed,
            _ => null,
        };
}
