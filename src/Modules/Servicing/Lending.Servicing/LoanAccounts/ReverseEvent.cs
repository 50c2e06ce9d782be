using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Reverses an event of a loan, as if it had not happened: what others paid is computed anew, and the difference is posted today. Nothing that was
/// posted is changed. A reversal can be reversed itself.
/// </summary>
/// <response code="409">
/// `already-reversed`: it was reversed before. `event-id-taken`: another event has this id. `payout-stays`: money that was paid out comes back as a
/// payment. `refund-at-bank`: a run has sent the money of this refund, and the bank has neither refused it nor sent it back. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class ReverseEvent(
    ServicingDbContext db,
    OrganizationSql sql,
    Transactions transactions,
    LoanRecorder recorder,
    IEnumerable<IReversalGuard> guards,
    OrganizationClock clock
) : Endpoint<ReverseEvent.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>An id that you make. Sent again, it reverses once.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
        public Guid? EventId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.EventId).NotEmpty();
    }

    public override void Configure()
    {
        Post("loan-events/{id:guid}/reversals");
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
        if (found.Type == EventDocument.Tranche)
        {
            return Problem.From(ServicingErrors.PayoutStays);
        }
        var reversal = new EventDocument
        {
            Type = EventDocument.Reversal,
            On = ServicingDay.Of(clock.GetStorableNow()),
            Of = id.ToString(),
        };
        await using var transaction = await transactions.BeginAsync(ct);
        if (found.Type == EventDocument.CreditRefund && await FindObstacleAsync(found.LoanAccountId, id, ct) is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        var outcome = await recorder.RecordInTransactionAsync(found.LoanAccountId, request.EventId, reversal, ct);
        if (outcome.Error is null)
        {
            await transaction.CommitAsync(ct);
        }
        return outcome.Answer();
    }

    private async Task<Error?> FindObstacleAsync(Guid accountId, Guid eventId, CancellationToken ct)
    {
        // Who sends the money holds the account: whoever comes later knows of the other.
        await sql.LockLoanAsync(accountId, ct);
        foreach (var guard in guards)
        {
            if (await guard.FindObstacleAsync(eventId, ct) is { } obstacle)
            {
                return obstacle;
            }
        }
        return null;
    }
}
