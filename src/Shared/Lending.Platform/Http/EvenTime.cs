namespace Lending.Platform.Http;

/// <summary>
/// Lets an answer take the same time whatever had to be done for it, so that nobody can measure whether there was an account. The longest that has to be
/// done is one hash of a password, some 150 ms.
/// </summary>
public sealed class EvenTime(TimeProvider clock)
{
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(500);

    /// <summary>Does the work, and comes back after half a second.</summary>
    public Task SpendAsync(Func<Task> work, CancellationToken ct) => Task.WhenAll(work(), Task.Delay(Long, clock, ct));
}
