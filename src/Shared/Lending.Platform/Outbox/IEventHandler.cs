using System.Text.Json;
using Lending.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lending.Platform.Outbox;

/// <summary>
/// Does what an event entails. It is called in a scope of its own that acts for the event's organisation, at least once for each event, until it
/// succeeds: so it must be idempotent. Events of one aggregate come in the order in which they happened: the next one not before all handlers of this version
/// have handled the one before. Those of different aggregates come in any order.
/// </summary>
public interface IEventHandler<in TEvent>
    where TEvent : IEvent
{
    /// <summary>Handles the event; an exception means: again later.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="messageId">The same for every repetition of this event.</param>
    /// <param name="ct">Cancelled when the host stops, or when the handler takes too long.</param>
    Task HandleAsync(TEvent happened, Guid messageId, CancellationToken ct);
}

/// <summary>Who wants to be told of which event.</summary>
internal sealed record EventSubscription(
    string EventType,
    string Handler,
    Func<IServiceProvider, string, Guid, CancellationToken, Task> HandleAsync
);

/// <summary>Registration of event handlers.</summary>
public static class EventHandlerExtensions
{
    /// <summary>Lets the handler be told of every event of this type, whichever module it comes from.</summary>
    public static IServiceCollection AddEventHandler<TEvent, THandler>(this IServiceCollection services)
        where TEvent : IEvent
        where THandler : class, IEventHandler<TEvent> =>
        services.AddEventHandler<THandler>(
            typeof(TEvent),
            (handler, happened, messageId, ct) => handler.HandleAsync((TEvent)happened, messageId, ct)
        );

    /// <summary>Lets a handler of whatever events be told of those of this type.</summary>
    public static IServiceCollection AddEventHandler<THandler>(this IServiceCollection services, Type eventType)
        where THandler : class, IEventHandler<IEvent> =>
        services.AddEventHandler<THandler>(eventType, (handler, happened, messageId, ct) => handler.HandleAsync(happened, messageId, ct));

    private static IServiceCollection AddEventHandler<THandler>(
        this IServiceCollection services,
        Type eventType,
        Func<THandler, IEvent, Guid, CancellationToken, Task> handleAsync
    )
        where THandler : class
    {
        services.TryAddScoped<THandler>();
        return services.AddSingleton(
            new EventSubscription(
                eventType.Name,
                typeof(THandler).Name,
                (provider, payload, messageId, ct) =>
                    handleAsync(
                        provider.GetRequiredService<THandler>(),
                        (IEvent)JsonSerializer.Deserialize(payload, eventType, OutboxMessage.Json)!,
                        messageId,
                        ct
                    )
            )
        );
    }
}
