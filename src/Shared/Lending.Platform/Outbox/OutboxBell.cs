using System.Threading.Channels;
using Lending.Platform.Broker;

namespace Lending.Platform.Outbox;

/// <summary>
/// Rings when an event was committed that somebody here handles, or that the broker is told of, so that it is delivered at once. A ring that is missed costs the
/// time to the next look.
/// </summary>
internal sealed class OutboxBell(IEnumerable<EventSubscription> subscriptions, BrokerAddress? broker = null)
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<string> handledTypes = subscriptions
        .Select(subscription => subscription.EventType)
        .ToHashSet(StringComparer.Ordinal);

    // Many rings before somebody looks are one.
    private readonly Channel<bool> delivery = NewChannel();
    private readonly Channel<bool> relay = NewChannel();
    private readonly Channel<bool> elsewhere = NewChannel();

    /// <summary>Whether it rings for events of this type. Others wait for other versions, which look now and then.</summary>
    public bool IsFor(string type) => broker is not null || handledTypes.Contains(type);

    /// <summary>Rings here and in every other instance. It neither waits nor fails: whoever has committed goes on.</summary>
    public void Ring()
    {
        RingHere();
        elsewhere.Writer.TryWrite(true);
    }

    /// <summary>Rings here, because another instance has rung.</summary>
    public void RingHere()
    {
        delivery.Writer.TryWrite(true);
        relay.Writer.TryWrite(true);
    }

    /// <summary>Until it rings for who delivers events, at most for the pause, and until the host stops.</summary>
    public Task WaitToDeliverAsync(TimeSpan pause, TimeProvider clock, CancellationToken ct) => WaitAsync(delivery, pause, clock, ct);

    /// <summary>Until it rings for who tells the broker, at most for the pause, and until the host stops.</summary>
    public Task WaitToRelayAsync(TimeSpan pause, TimeProvider clock, CancellationToken ct) => WaitAsync(relay, pause, clock, ct);

    /// <summary>Waits for the next ring that other instances have to hear.</summary>
    public async Task WaitForOthersAsync(CancellationToken ct) => await elsewhere.Reader.ReadAsync(ct);

    private static async Task WaitAsync(Channel<bool> bell, TimeSpan pause, TimeProvider clock, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var rung = bell.Reader.ReadAsync(either.Token).AsTask();
        await Task.WhenAny(Task.Delay(pause, clock, either.Token), rung);
        if (rung.IsCompletedSuccessfully)
        {
            // However often it rings, the database is asked twenty times a second at most.
            await Task.Delay(Gathering, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await either.CancelAsync();
    }

    private static Channel<bool> NewChannel() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
