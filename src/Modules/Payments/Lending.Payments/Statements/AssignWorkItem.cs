using FastEndpoints;
using FluentValidation;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Statements;

/// <summary>Books money that came as a payment of a loan account, as a person has found out.</summary>
/// <response code="409">
/// `work-item-resolved`: somebody has resolved it. `not-a-credit`: it is no money that came. What speaks against the payment at the loan account, such as
/// `not-disbursed`. `concurrent-change`: somebody resolves it at the same time.
/// </response>
internal sealed class AssignWorkItem(
    PaymentsDbContext db,
    LineBooking booking,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<AssignWorkItem.Request, Results<Ok<WorkItemResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The loan account.</summary>
        /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
        public Guid LoanAccountId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.LoanAccountId).NotEmpty();
    }

    public override void Configure()
    {
        Post("work-items/{id:guid}/assignment");
        Permissions(PaymentsPermission.Post);
        this.TellsOfPersons<WorkItemResponse>(nameof(WorkItem), item => item.Id, _ => null);
    }

    public override async Task<Results<Ok<WorkItemResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        await using var transaction = await transactions.BeginAsync(ct);
        if (await db.WorkItems.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } item)
        {
            return Problem.NotFound;
        }
        var line = await db.BankLines.SingleOrDefaultAsync(row => row.Id == item.BankLineId, ct);
        if (
            line is not { Amount: > 0, IsReturn: false, Currency: "EUR", Status: BankLineStatus.Open }
            && item.Status == WorkItemStatus.Open
        )
        {
            return Problem.From(StatementErrors.NoCredit);
        }
        var error =
            item.Assign(request.LoanAccountId, caller.Reference, clock.GetStorableNow())
            ?? await booking.PayAsync(line!, request.LoanAccountId, ct);
        if (error is not null)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(WorkItemResponse.Of(item, line));
    }
}
