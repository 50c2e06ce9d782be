using System.Threading.Channels;

namespace Lending.Platform.Outbox;

/// <summary>Rings when an event was committed that somebody here handles, so that it is delivered at once. A ring that is missed costs the time to the next look.</summary>
internal sealed class OutboxBell(IEnumerable<EventSubscription> subscriptions)
{
    private readonly HashSet<string> handledTypes = subscriptions
        .Select(subscription => subscription.EventType)
        .ToHashSet(StringComparer.Ordinal);

    // Many rings before somebody looks are one.
    private readonly Channel<bool> here = NewChannel();
    private readonly Channel<bool> elsewhere = NewChannel();

    /// <summary>Whether it rings for events of this type. Others wait for other versions, which look now and then.</summary>
    public bool IsFor(string type) => handledTypes.Contains(type);

    /// <summary>Rings here and in every other instance. It neither waits nor fails: whoever has committed goes on.</summary>
    public void Ring()
    {
        RingHere();
        elsewhere.Writer.TryWrite(true);
    }

    /// <summary>Rings here, because another instance has rung.</summary>
    public void RingHere() => here.Writer.TryWrite(true);

    /// <summary>Waits for the next ring.</summary>
    public async Task WaitAsync(CancellationToken ct) => await here.Reader.ReadAsync(ct);

    /// <summary>Waits for the next ring that other instances have to hear.</summary>
    public async Task WaitForOthersAsync(CancellationToken ct) => await elsewhere.Reader.ReadAsync(ct);

    private static Channel<bool> NewChannel() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
