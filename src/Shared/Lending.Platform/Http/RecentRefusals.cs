using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;

namespace Lending.Platform.Http;

/// <summary>
/// Who was told that too many requests wait. For a moment they are told so again before anything else is done for them: to find it out anew for each of
/// thousands would take a third of an answer each, and that is taken from those who wait.
/// </summary>
/// <remarks>
/// They are known by credentials that were good a moment ago, so nobody can have somebody else refused. What waits behind a refusal lasts longer than the moment.
/// Reads and changes wait in lanes of their own; files, which are few, are not refused here.
/// </remarks>
internal sealed class RecentRefusals(TimeProvider clock) : IDisposable
{
    private const int MostRemembered = 1_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    // Only so that credentials do not lie here for ever: the moment is looked at by the host's clock.
    private static readonly MemoryCacheEntryOptions Kept = new() { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };

    private readonly MemoryCache refused = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    public bool Has(HttpContext context) =>
        LaneOf(context) is { } lane && refused.TryGetValue(lane, out long since) && clock.GetElapsedTime(since) < Moment;

    public void Add(HttpContext context)
    {
        if (LaneOf(context) is { } lane)
        {
            refused.Set(lane, clock.GetTimestamp(), Kept);
        }
    }

    public void Dispose() => refused.Dispose();

    private static Lane? LaneOf(HttpContext context)
    {
        var (token, key) = (context.Request.Headers.Authorization, context.Request.Headers[ApiKeyHandler.Header]);
        return (token.Count, key.Count) is (0, 0) || StreamedBody.Of(context) is not null
            ? null
            : new Lane(token.ToString(), key.ToString(), RequestPlaces.IsChange(context));
    }

    private sealed record Lane(string Token, string Key, bool IsOfChanges);
}
