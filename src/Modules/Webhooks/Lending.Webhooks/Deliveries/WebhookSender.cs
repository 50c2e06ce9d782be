using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Webhooks.Data;
using Lending.Webhooks.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lending.Webhooks.Deliveries;

/// <summary>
/// Sends what is due, many at once. Nobody waits for a receiver that hangs but what waits for the same one: neither a transaction nor a lock is open
/// meanwhile, and a webhook has a few places only.
/// </summary>
internal sealed class WebhookSender(
    IServiceScopeFactory scopes,
    DeliveryQueue queue,
    IHttpClientFactory clients,
    IOptions<WebhooksOptions> options,
    WebhookMetrics metrics,
    TimeProvider clock,
    ILogger<WebhookSender> logger
) : RepeatedJob(clock, logger)
{
    public const string HttpClientName = "webhooks";

    /// <summary>How many an instance sends at once.</summary>
    private const int MostAtOnce = 200;

    private static readonly TimeSpan TidyingInterval = TimeSpan.FromHours(1);

    private static readonly ActivitySource Source = new("Lending.Webhooks");

    private DateTimeOffset nextTidying = DateTimeOffset.MinValue;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(options.Value.PollSeconds);

    protected override string Failure => "Webhooks cannot be served now";

    protected override Task DoAsync(CancellationToken ct) => SendDueAsync(ct);

    /// <summary>Sends all that is due, and what becomes due meanwhile.</summary>
    public async Task SendDueAsync(CancellationToken ct)
    {
        var sending = new List<Task>();
        try
        {
            while (true)
            {
                // Each time: while receivers hang, this goes on for as long as there is something to send.
                await queue.TakeBackLostAsync(ct);
                await TidyAsync(ct);
                var taken = await queue.TakeAsync(MostAtOnce - sending.Count, ct);
                sending.AddRange(taken.Select(each => SendAsync(each.Delivery, each.Webhook)));
                if (sending.Count == 0)
                {
                    return;
                }
                // One that hangs must not keep what comes meanwhile from being looked for.
                using var looking = CancellationTokenSource.CreateLinkedTokenSource(ct);
                await Task.WhenAny([.. sending, Task.Delay(Interval, Clock, looking.Token)]);
                await looking.CancelAsync();
                sending.RemoveAll(task => task.IsCompleted);
            }
        }
        finally
        {
            // Also where the host stops: what is on its way has ten seconds, and is written down.
            await Task.WhenAll(sending);
        }
    }

    private async Task TidyAsync(CancellationToken ct)
    {
        if (Clock.GetUtcNow() >= nextTidying)
        {
            await queue.TidyAsync(ct);
            nextTidying = Clock.GetUtcNow() + TidyingInterval;
        }
    }

    private async Task SendAsync(Delivery delivery, Webhook webhook)
    {
        try
        {
            var outcome = await TryAsync(delivery, webhook);
            metrics.Count(outcome);
            await RecordAsync(delivery, webhook, outcome);
        }
        catch (Exception exception)
        {
            // The database may be away just now. The delivery is sent again when its time is over.
            Logger.LogError("What became of delivery {Delivery} cannot be recorded: {Error}", delivery.Id, exception.GetType().Name);
        }
    }

    private async Task<Outcome> TryAsync(Delivery delivery, Webhook webhook)
    {
        // In the trace of the request that made the event, however much later.
        using var activity = ActivityContext.TryParse(delivery.TraceParent, traceState: null, isRemote: true, out var cause)
            ? Source.StartActivity($"{delivery.EventType} webhook", ActivityKind.Producer, cause)
            : null;
        var now = Clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var id = delivery.EventId.ToString();
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Signature.Of(id, now, delivery.Body, webhook.SecretsAt(now)));
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            // Nobody reads what the receiver says beside its status.
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return Outcome.Of(answer.StatusCode);
        }
        catch (OperationCanceledException)
        {
            return Outcome.Timeout;
        }
        catch (Exception exception)
        {
            Logger.LogInformation("Delivery {Delivery} failed: {Error}", delivery.Id, exception.GetType().Name);
            return Outcome.Of(exception);
        }
    }

    // Written down even while the host stops: else it would be sent twice.
    private async Task RecordAsync(Delivery delivery, Webhook webhook, Outcome outcome)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(delivery.OrganizationId, UserReference.System);
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        var now = Clock.GetStorableNow();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
        var (attempt, lostAt) = (delivery.Attempts, delivery.NextAttemptAt);
        delivery.Record(outcome, now);
        // Where it took so long that somebody else sends it, or where it was deleted, there is nothing to write.
        await db
            .Deliveries.Where(row =>
                row.Id == delivery.Id && row.Status == DeliveryStatus.Sending && row.Attempts == attempt && row.NextAttemptAt == lostAt
            )
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(it => it.Status, delivery.Status)
                        .SetProperty(it => it.NextAttemptAt, delivery.NextAttemptAt)
                        .SetProperty(it => it.LastAttemptAt, delivery.LastAttemptAt)
                        .SetProperty(it => it.LastStatusCode, delivery.LastStatusCode)
                        .SetProperty(it => it.LastFailure, delivery.LastFailure)
                        .SetProperty(it => it.FinishedAt, delivery.FinishedAt),
                CancellationToken.None
            );
        if (outcome.Failure is null)
        {
            await NoteSuccessAsync(db, webhook);
        }
        else
        {
            await NoteFailureAsync(scope.ServiceProvider, webhook, outcome, now);
            if (delivery.FinishedAt is not null)
            {
                await NoteNothingLeftAsync(db, webhook);
            }
        }
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static async Task NoteSuccessAsync(WebhooksDbContext db, Webhook webhook)
    {
        if (webhook.FailingSince is not null)
        {
            await db
                .Webhooks.Where(row => row.Id == webhook.Id && row.FailingSince != null)
                .ExecuteUpdateAsync(row => row.SetProperty(it => it.FailingSince, (DateTimeOffset?)null), CancellationToken.None);
        }
    }

    /// <summary>Where the last event was given up, nothing is tried that could fail for so long: the next failure is the first one.</summary>
    private static Task<int> NoteNothingLeftAsync(WebhooksDbContext db, Webhook webhook) =>
        db
            .Webhooks.Where(row => row.Id == webhook.Id && row.FailingSince != null)
            .Where(row => !db.Deliveries.Any(left => left.WebhookId == row.Id && left.FinishedAt == null))
            .ExecuteUpdateAsync(row => row.SetProperty(it => it.FailingSince, (DateTimeOffset?)null), CancellationToken.None);

    private async Task NoteFailureAsync(IServiceProvider services, Webhook webhook, Outcome outcome, DateTimeOffset now)
    {
        var db = services.GetRequiredService<WebhooksDbContext>();
        // Somebody may have paused it or given it another address while this was on its way: that one has not failed.
        var failed = db.Webhooks.Where(row => row.Id == webhook.Id && row.Status == WebhookStatus.Active && row.Url == webhook.Url);
        if (webhook.FailingSince is null)
        {
            await failed
                .Where(row => row.FailingSince == null)
                .ExecuteUpdateAsync(row => row.SetProperty(it => it.FailingSince, now), CancellationToken.None);
        }
        var longAgo = now - Webhook.LongestFailing;
        PauseReason? reason =
            outcome.IsGone ? PauseReason.Gone
            : webhook.FailingSince <= longAgo ? PauseReason.Failing
            : null;
        var paused = reason is null
            ? 0
            : await failed
                // Nor has it failed for so long where something was taken meanwhile.
                .Where(row => reason == PauseReason.Gone || row.FailingSince <= longAgo)
                .ExecuteUpdateAsync(
                    row =>
                        row.SetProperty(it => it.Status, WebhookStatus.Paused)
                            .SetProperty(it => it.PausedBecause, reason)
                            .SetProperty(it => it.UpdatedAt, now),
                    CancellationToken.None
                );
        if (paused > 0)
        {
            Logger.LogWarning("Webhook {Webhook} is paused: {Reason}", webhook.Id, reason);
            db.Note(AuditAction.Update, nameof(Webhook), webhook.Id);
            await db.SaveChangesAsync(CancellationToken.None);
            await TellAdministratorsAsync(services, webhook, outcome);
        }
    }

    private static async Task TellAdministratorsAsync(IServiceProvider services, Webhook webhook, Outcome outcome)
    {
        var notifications = services.GetRequiredService<INotifications>();
        foreach (var administrator in await services.GetRequiredService<IStaffDirectory>().ListAsync(Role.Admin, CancellationToken.None))
        {
            await notifications.SendAsync(
                Message.WebhookPaused(
                    administrator.Email,
                    administrator.Id,
                    administrator.Username,
                    webhook.Id,
                    new Uri(webhook.Url).Host,
                    outcome.IsGone
                ),
                CancellationToken.None
            );
        }
    }
}
