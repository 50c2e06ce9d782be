namespace Lending.Testing;

/// <summary>The real time, moved on by as much as a test has asked for.</summary>
public sealed class TestClock : TimeProvider
{
    private long offsetTicks;
    private (DateTimeOffset Now, long Timestamp)? stopped;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() =>
        (stopped?.Now ?? System.GetUtcNow()) + TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    /// <inheritdoc />
    public override long GetTimestamp() =>
        (stopped?.Timestamp ?? System.GetTimestamp())
        + (long)(TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks)).TotalSeconds * TimestampFrequency);

    /// <summary>Lets this much time pass for the host. Tests that need it have a host of their own.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref offsetTicks, time.Ticks);

    /// <summary>From here on only <see cref="Advance"/> lets time pass: however slow the machine is, nothing falls due by itself. Asked again, it changes nothing.</summary>
    public void Stop() => stopped ??= (System.GetUtcNow(), System.GetTimestamp());
}
