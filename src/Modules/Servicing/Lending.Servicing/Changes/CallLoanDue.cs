using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Dunning;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Changes;

/// <summary>
/// Calls the whole loan due (§ 498 BGB): interest to come is no longer owed (§ 501(2) BGB). A notice has to be recorded, its two weeks have to be over, and something
/// of what it asked for has to be unpaid. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `notice-missing`, `notice-running`, `arrears-paid`: the conditions are not met on that day.
/// `forbearance-missing`: none was offered by that day since what the notice asked for is overdue. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class CallLoanDue(ServicingDbContext db, LoanRecorder recorder)
    : Endpoint<CallLoanDue.Request, Results<Ok<LoanAccountResponse>, Problem>>
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
        var id = Route<Guid>("id");
        var offers = await db.ReadForbearanceAsync(id, ct);
        return (
            await recorder.RecordAsync(id, request.EventId, request.DocumentOf(EventDocument.CallDue), ct, findObstacle: FindObstacle)
        ).Answer();

        // An offer is not made again (Art. 35) because a part was paid after the notice: it is about what was overdue then.
        Error? FindObstacle(LoanLife life, LoanState state) =>
            CallingDue.FindObstacle(state) is { } code ? ServicingErrors.OfProblem(code)
            : !life.Contract.Law.AsksForForbearance ? null
            : Forbearance.FindObstacle(life.Contract.Law, life.At(state.NoticeServedOn!.Value).Arrears, state.AsOf, offers);
    }
}
