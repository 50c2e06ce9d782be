using Lending.Kernel;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Webhooks.Data;
using Lending.Webhooks.Events;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Deliveries;

/// <summary>Makes of an event a delivery for each webhook that wants it; however often the event comes, one for each.</summary>
internal sealed class Announcement(WebhooksDbContext db, TimeProvider clock) : IEventHandler<IEvent>
{
    public async Task HandleAsync(IEvent happened, Guid messageId, CancellationToken ct)
    {
        var type = EventCatalogue.Of(happened);
        // What happened before a webhook was made is not told to it.
        var wanting = await db
            .Webhooks.Where(webhook =>
                webhook.EventTypes.Contains(type.Name)
                && webhook.CreatedAt <= happened.At
                && !db.Deliveries.Any(delivery => delivery.WebhookId == webhook.Id && delivery.EventId == messageId)
            )
            .Select(webhook => webhook.Id)
            .ToListAsync(ct);
        var now = clock.GetStorableNow();
        db.AddRange(wanting.Select(webhookId => Delivery.Create(webhookId, messageId, type, happened.At, type.DataOf!(happened), now)));
        // Where another instance was quicker, the unique index refuses this one, and the event is handled again later.
        await db.SaveChangesAsync(ct);
    }
}
