using Lending.Platform.Security;

namespace Lending.Platform.Clocks;

/// <summary>
/// The time in the organisation that the present scope works for: what business goes by, such as deadlines and due dates. Who proves who they are, what is tried
/// again and what is recorded goes by the real time, which is <see cref="TimeProvider"/>. Scoped.
/// </summary>
public sealed class OrganizationClock(SandboxClocks clocks, Caller caller, TimeProvider real) : TimeProvider
{
    /// <inheritdoc />
    public override long TimestampFrequency => real.TimestampFrequency;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => clocks.NowIn(caller.OrganizationId);

    /// <inheritdoc />
    public override long GetTimestamp() => real.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);
}
