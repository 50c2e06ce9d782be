using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Webhooks.Contracts;
using Lending.Webhooks.Data;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Deliveries;

/// <summary>Lists what was sent to a webhook and what waits for it, newest first: of the last 30 days.</summary>
internal sealed class ListDeliveries(WebhooksDbContext db) : Endpoint<ListDeliveries.Request, Results<Ok<Page<DeliveryResponse>>, Problem>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only deliveries in this state: `WAITING`, `SENDING`, `DELIVERED` or `FAILED`.</summary>
        public DeliveryStatus? Status { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new PageRequestValidator(_ => Cursor.NewestFirst));
            RuleFor(request => request.Status).IsInEnum();
        }
    }

    public override void Configure()
    {
        Get("webhooks/{id:guid}/deliveries");
        Permissions(WebhooksPermission.WebhooksManage);
    }

    public override async Task<Results<Ok<Page<DeliveryResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (!await db.Webhooks.AnyAsync(webhook => webhook.Id == id, ct))
        {
            return Problem.NotFound;
        }
        var matching = db.Deliveries.Where(row => row.WebhookId == id);
        if (request.Status is { } status)
        {
            matching = matching.Where(row => row.Status == status);
        }
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var rows = await matching.PageNewestFirst(request).ProjectToType<DeliveryResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
