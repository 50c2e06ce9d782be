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

/// <summary>Is done with a work item for a reason: what the bank has booked is booked on no loan account, or what had to be done about a debit was done.</summary>
/// <response code="409">`work-item-resolved`: somebody has resolved it. `concurrent-change`: somebody resolves it at the same time.</response>
internal sealed class DismissWorkItem(PaymentsDbContext db, Caller caller, OrganizationClock clock)
    : Endpoint<DismissWorkItem.Request, Results<Ok<WorkItemResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Why.</summary>
        /// <example>Transfer between our own accounts</example>
        public string Reason { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Reason).NotEmpty().MaximumLength(WorkItem.MaximumReasonLength).MustBeOneLine();
    }

    public override void Configure()
    {
        Post("work-items/{id:guid}/dismissal");
        Permissions(PaymentsPermission.Post);
        this.TellsOfPersons<WorkItemResponse>(nameof(WorkItem), item => item.Id, _ => null);
    }

    public override async Task<Results<Ok<WorkItemResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.WorkItems.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } item)
        {
            return Problem.NotFound;
        }
        if (item.Dismiss(request.Reason, caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        var line = await db.BankLines.SingleOrDefaultAsync(row => row.Id == item.BankLineId, ct);
        if (line is { Status: BankLineStatus.Open })
        {
            line.Dismiss();
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(WorkItemResponse.Of(item, line));
    }
}
