using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Operations;

/// <summary>Lists the events of every module and organisation, newest first, and what became of them.</summary>
/// <remarks>For the platform's administrators. What an event tells is not shown. Delivered ones are kept for 30 days; those that nobody handles wait for a day.</remarks>
internal sealed class ListOutbox(OutboxEvents events) : Endpoint<ListOutbox.Request, Ok<Page<OutboxEvent>>>
{
    private const string Order = "-occurredAt";

    internal sealed record Request : PageRequest
    {
        /// <summary>Only those with this status.</summary>
        public OutboxStatus? Status { get; init; }

        /// <summary>Only those of this type, such as `LoanOfferAccepted`.</summary>
        public string? Type { get; init; }

        /// <summary>Only those of this module, such as `loans`.</summary>
        public string? Module { get; init; }

        /// <summary>Only those that the broker has yet to confirm, or only the others.</summary>
        public bool? WaitsForBroker { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new PageRequestValidator(_ => Order));
            RuleFor(request => request.Status).IsInEnum();
            RuleFor(request => request.Type).MaximumLength(OutboxMessage.MaximumTypeLength);
            RuleFor(request => request.Module).MaximumLength(OutboxMessage.MaximumTypeLength);
        }
    }

    public override void Configure()
    {
        Get("ops/outbox");
        Permissions(IdentityPermission.EventsManage);
    }

    public override async Task<Ok<Page<OutboxEvent>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var filter = new OutboxFilter(Id: null, request.Module, request.Type, request.Status, request.WaitsForBroker);
        var total = request.IncludeTotal ? await events.CountAsync(filter, ct) : (long?)null;
        var rows = await events.ListAsync(filter, Cursor.Parse(request.Cursor, Order)?.Id, request.Limit + 1, ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.OccurredAt, row.Id, Order)));
    }
}
