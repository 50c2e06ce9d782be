using Lending.Platform.Persistence;
using Lending.Webhooks.Data;
using Lending.Webhooks.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Webhooks.Deliveries;

/// <summary>What is to be sent, of every organisation. Any number of instances share it.</summary>
internal sealed class DeliveryQueue(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>So many are on their way to one webhook at once; to one that fails, one.</summary>
    private const int MostOfWebhook = 4;

    private const int DeletedAtOnce = 1000;

    /// <summary>
    /// Takes some that are due, marked as being sent. However many wait for one webhook, the others are looked at, too; those that fail come last.
    /// No lock stays behind: what is taken is its sender's until <see cref="Delivery.LongestSending"/> has passed.
    /// </summary>
    public async Task<IReadOnlyList<(Delivery Delivery, Webhook Webhook)>> TakeAsync(int atMost, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var lostAt = now + Delivery.LongestSending;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        var taken = await db
            .Deliveries.FromSql(
                $"""
                WITH RECURSIVE waiting AS (
                    (SELECT webhook_id FROM webhooks.deliveries WHERE status = 'WAITING' ORDER BY webhook_id LIMIT 1)
                    UNION ALL
                    SELECT (
                        SELECT webhook_id FROM webhooks.deliveries
                        WHERE status = 'WAITING' AND webhook_id > waiting.webhook_id ORDER BY webhook_id LIMIT 1
                    )
                    FROM waiting WHERE waiting.webhook_id IS NOT NULL
                ), due AS (
                    SELECT delivery.id
                    FROM waiting JOIN webhooks.webhooks AS webhook ON webhook.id = waiting.webhook_id AND webhook.status = 'ACTIVE'
                    CROSS JOIN LATERAL (
                        SELECT id, next_attempt_at FROM webhooks.deliveries
                        WHERE status = 'WAITING' AND webhook_id = webhook.id AND next_attempt_at <= {now}
                        ORDER BY next_attempt_at, id
                        LIMIT greatest(0, CASE WHEN webhook.failing_since IS NULL THEN {MostOfWebhook} ELSE 1 END - (
                            SELECT count(*) FROM webhooks.deliveries WHERE status = 'SENDING' AND webhook_id = webhook.id
                        ))
                        FOR UPDATE SKIP LOCKED
                    ) AS delivery
                    ORDER BY webhook.failing_since IS NOT NULL, delivery.next_attempt_at
                    LIMIT {atMost}
                )
                UPDATE webhooks.deliveries AS delivery
                SET status = 'SENDING', attempts = attempts + 1, next_attempt_at = {lostAt}
                FROM due WHERE delivery.id = due.id
                RETURNING delivery.*
                """
            )
            .OfEveryOrganization()
            .AsNoTracking()
            .ToListAsync(ct);
        if (taken.Count == 0)
        {
            return [];
        }
        var ids = taken.Select(delivery => delivery.WebhookId).Distinct().ToArray();
        var webhooks = await db
            .Webhooks.OfEveryOrganization()
            .Where(webhook => ids.Contains(webhook.Id))
            .AsNoTracking()
            .ToDictionaryAsync(webhook => webhook.Id, ct);
        // One that was deleted in between took its deliveries along.
        return
        [
            .. taken
                .Where(delivery => webhooks.ContainsKey(delivery.WebhookId))
                .Select(delivery => (delivery, webhooks[delivery.WebhookId])),
        ];
    }

    /// <summary>Lets those wait again whose sender has vanished.</summary>
    public async Task TakeBackLostAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<WebhooksDbContext>()
            .Database.ExecuteSqlRawAsync(
                EveryOrganization.Sql
                    + """
                    UPDATE webhooks.deliveries SET status = 'WAITING' WHERE status = 'SENDING' AND next_attempt_at <= {0}
                    """,
                [clock.GetStorableNow()],
                ct
            );
    }

    /// <summary>Gives those up that have waited for a paused webhook for too long, and deletes old ones.</summary>
    public async Task TidyAsync(CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>().Database;
        await database.ExecuteSqlRawAsync(
            EveryOrganization.Sql
                + """
                UPDATE webhooks.deliveries AS delivery SET status = 'FAILED', last_failure = 'paused', finished_at = {0}
                FROM webhooks.webhooks AS webhook
                WHERE webhook.status = 'PAUSED' AND delivery.webhook_id = webhook.id AND delivery.status = 'WAITING' AND delivery.next_attempt_at <= {1}
                """,
            [now, now - Delivery.LongestWaiting],
            ct
        );
        int deleted;
        do
        {
            // Ids begin with the time, so the key finds the old ones.
            deleted = await database.ExecuteSqlRawAsync(
                EveryOrganization.Sql
                    + """
                    DELETE FROM webhooks.deliveries WHERE id IN (
                        SELECT id FROM webhooks.deliveries WHERE id < {0} AND finished_at < {1} ORDER BY id LIMIT {2} FOR UPDATE SKIP LOCKED
                    )
                    """,
                [Guid.CreateVersion7(now - Delivery.KeptFor), now - Delivery.KeptFor, DeletedAtOnce],
                ct
            );
        } while (deleted == DeletedAtOnce);
    }
}
