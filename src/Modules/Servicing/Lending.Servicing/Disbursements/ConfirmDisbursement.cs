using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Disbursements;

/// <summary>Confirms a payout that somebody else asked for, on its day or later: it is in the books for its day. The answer is the account as it is then.</summary>
/// <response code="403">`forbidden`: not with this role. `second-person-required`: the caller asked for it.</response>
/// <response code="409">
/// `disbursement-decided`: it was confirmed, rejected or taken back already. `payout-not-allowed`: the customer has withdrawn, or still can. `over-disbursed`: more would be paid out than was agreed.
/// `no-instalments-left`: all instalments are due already. `event-id-taken`: something else has its id. `concurrent-change`: somebody decided or recorded something at the same time.
/// </response>
internal sealed class ConfirmDisbursement(
    ServicingDbContext db,
    IAcceptedOffers offers,
    LoanRecorder recorder,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : EndpointWithoutRequest<Results<Ok<LoanAccountResponse>, Problem>>
{
    public override void Configure()
    {
        Post("disbursements/{id:guid}/confirmation");
        Permissions(ServicingPermission.Payout);
        this.NeedsStepUp();
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        await using var transaction = await transactions.BeginAsync(ct);
        if (await db.Disbursements.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } asked)
        {
            return Problem.NotFound;
        }
        if (asked.Confirm(caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        var offerId = await db
            .LoanAccounts.Where(account => account.Id == asked.LoanAccountId)
            .Select(account => account.OfferId)
            .SingleAsync(ct);
        // Held until the end, so that nobody withdraws between this and the books.
        if ((await offers.HoldPayableAsync([offerId], ct)).Count == 0)
        {
            return Problem.From(DisbursementErrors.NotPayable);
        }
        var tranche = new EventDocument
        {
            Type = EventDocument.Tranche,
            On = asked.EffectiveOn,
            Amount = asked.Amount,
        };
        // The decision is saved with the event, or not at all.
        var outcome = await recorder.RecordInTransactionAsync(asked.LoanAccountId, asked.Id, tranche, ct);
        if (outcome.Error is null)
        {
            await transaction.CommitAsync(ct);
        }
        return outcome.Answer();
    }
}
