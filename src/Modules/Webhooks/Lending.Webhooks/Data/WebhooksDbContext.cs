using Lending.Platform.Persistence;
using Lending.Webhooks.Deliveries;
using Lending.Webhooks.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Data;

/// <summary>Where events are sent, and what became of them: schema <c>webhooks</c>.</summary>
internal sealed class WebhooksDbContext(DbContextOptions<WebhooksDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = "webhooks";

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    /// <summary>Deletes some of what was sent, or is to be sent, to a webhook, and answers how many; here, because webhooks know nothing of deliveries.</summary>
    public Task<int> DeleteSomeDeliveriesAsync(Guid webhookId, int atMost, CancellationToken ct) =>
        Deliveries.Where(delivery => delivery.WebhookId == webhookId).OrderBy(delivery => delivery.Id).Take(atMost).ExecuteDeleteAsync(ct);
}
