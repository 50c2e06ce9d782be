using FastEndpoints;
using Lending.Platform.Http;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Records that the bank took a payment back, wholly or in part: what it had paid is owed as if it had not come, and the money has come and gone. The
/// bank's fee is a charge of its own. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-a-payment`: the event is none. `unknown-payment`: the payment was reversed, or is of a later day.
/// `return-exceeds-payment`: more would have gone back than came. `concurrent-change`:
/// somebody recorded something at the same time.
/// </response>
internal sealed class ReturnPayment(ServicingDbContext db, LoanRecorder recorder)
    : Endpoint<ReturnPayment.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : MoneyEvent;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new MoneyEvent.Rules());
    }

    public override void Configure()
    {
        Post("loan-events/{id:guid}/returns");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await db
            .LoanEvents.Where(happened => happened.Id == id)
            .Select(happened => new { happened.LoanAccountId, happened.Type })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return Problem.NotFound;
        }
        if (found.Type != EventDocument.Payment)
        {
            return Problem.From(ServicingErrors.NotAPayment);
        }
        var back = request.DocumentOf(EventDocument.BankReturn) with { Of = id.ToString() };
        return (await recorder.RecordAsync(found.LoanAccountId, request.EventId, back, ct)).Answer();
    }
}
