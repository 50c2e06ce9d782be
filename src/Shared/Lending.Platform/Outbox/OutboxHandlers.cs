using System.Diagnostics;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Jobs;
using Lending.Platform.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Outbox;

/// <summary>Calls the handlers of this version for an event of an outbox.</summary>
internal sealed class OutboxHandlers(
    IServiceScopeFactory scopes,
    IEnumerable<EventSubscription> eventSubscriptions,
    SandboxClocks clocks,
    TimeProvider clock,
    ILogger<OutboxHandlers> logger
)
{
    /// <summary>Then an event is dead. The last attempt comes ten and a half hours after the first.</summary>
    internal const int MostAttempts = 20;

    private static readonly TimeSpan LongestHandling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly ILookup<string, EventSubscription> subscriptions = eventSubscriptions.ToLookup(
        subscription => subscription.EventType,
        StringComparer.Ordinal
    );

    /// <summary>The types of event that there are handlers for.</summary>
    public string[] Types { get; } =
    [.. eventSubscriptions.Select(subscription => subscription.EventType).Distinct(StringComparer.Ordinal)];

    /// <summary>Within this time an event of this type has been delivered, and recorded: each handler has its time, and one more is left for that.</summary>
    public TimeSpan LongestDelivery(string type) => LongestHandling * (subscriptions[type].Count() + 1);

    /// <summary>Calls every handler, even if another one fails. Null when the host stopped in between: then nobody knows what was done.</summary>
    public async Task<OutboxBatch.Outcome?> DeliverAsync(OutboxBatch.Message message, CancellationToken ct)
    {
        string? error = null;
        foreach (var subscription in subscriptions[message.Type])
        {
            try
            {
                await HandleAsync(subscription, message, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return null;
            }
            catch (Exception exception)
            {
                error = $"{subscription.Handler}: {Describe(exception)}";
                logger.LogError(
                    "{Handler} failed at {EventType} {MessageId}, attempt {Attempt}: {Error} {StackTrace}",
                    subscription.Handler,
                    message.Type,
                    message.Id,
                    message.Attempts + 1,
                    Describe(exception),
                    exception.StackTrace
                );
            }
        }
        var now = clock.GetUtcNow();
        if (error is null)
        {
            return new OutboxBatch.Outcome(message, now, null, now, null);
        }
        var isDead = message.Attempts + 1 >= MostAttempts;
        if (isDead)
        {
            logger.LogError("{EventType} {MessageId} is given up after {Attempts} attempts", message.Type, message.Id, MostAttempts);
        }
        return new OutboxBatch.Outcome(
            message,
            null,
            isDead ? now : null,
            now + Doubling.After(message.Attempts + 1, ShortestDelay, LongestDelay),
            error[..Math.Min(error.Length, OutboxMessage.MaximumErrorLength)]
        );
    }

    private async Task HandleAsync(EventSubscription subscription, OutboxBatch.Message message, CancellationToken ct)
    {
        using var activity = OutboxFigures.StartActivity(
            $"{message.Type} {subscription.Handler}",
            ActivityKind.Consumer,
            message.TraceParent
        );
        await clocks.FollowAsync(message.OrganizationId, ct);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(message.OrganizationId, UserReference.System);
        using var timeout = new CancellationTokenSource(LongestHandling, clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        await subscription.HandleAsync(scope.ServiceProvider, message.Payload, message.Id, limited.Token);
    }

    // Never the exception's message, which may quote data.
    public static string Describe(Exception exception) =>
        exception is PostgresException postgres
            ? FormattableString.Invariant($"{exception.GetType().FullName} {postgres.SqlState}")
            : exception.GetType().FullName!;
}
