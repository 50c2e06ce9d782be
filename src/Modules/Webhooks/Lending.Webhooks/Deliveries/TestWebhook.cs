using FastEndpoints;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Webhooks.Contracts;
using Lending.Webhooks.Data;
using Lending.Webhooks.Events;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Deliveries;

/// <summary>Sends a test event, `webhook.test`, to a webhook; what became of it stands in its deliveries. To one that is paused it goes when that is resumed.</summary>
internal sealed class TestWebhook(WebhooksDbContext db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Accepted<DeliveryResponse>, Problem>>
{
    public override void Configure()
    {
        Post("webhooks/{id:guid}/test");
        Permissions(WebhooksPermission.WebhooksManage);
    }

    public override async Task<Results<Accepted<DeliveryResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (!await db.Webhooks.AnyAsync(webhook => webhook.Id == id, ct))
        {
            return Problem.NotFound;
        }
        var now = clock.GetStorableNow();
        var delivery = Delivery.Create(id, Guid.CreateVersion7(now), EventCatalogue.Test, now, new TestEventData { WebhookId = id }, now);
        db.Add(delivery);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted((string?)null, delivery.Adapt<DeliveryResponse>());
    }
}
