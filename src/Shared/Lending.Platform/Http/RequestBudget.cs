using System.Globalization;
using System.Threading.RateLimiting;

namespace Lending.Platform.Http;

/// <summary>
/// How many requests one somebody may send in a minute. They come back evenly: who has used all of them gets the next one after a minute divided by
/// their number, and nobody has to wait for a new minute to begin.
/// </summary>
internal sealed class RequestBudget(string name, int perMinute)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Whether there is a limit at all.</summary>
    public bool IsOn => perMinute > 0;

    /// <summary>What it allows, as <c>RateLimit-Policy</c> says it: so many (q) in so many seconds (w).</summary>
    public string Policy { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={perMinute};w={Window.TotalSeconds}");

    /// <summary>The same for the framework.</summary>
    public TokenBucketRateLimiterOptions Options { get; } =
        new()
        {
            TokenLimit = Math.Max(1, perMinute),
            TokensPerPeriod = 1,
            ReplenishmentPeriod = Window / Math.Max(1, perMinute),
        };

    /// <summary>What is left of it, as <c>RateLimit</c> says it: so many (r), and all again after so many seconds (t).</summary>
    public string StateFor(long left)
    {
        var secondsUntilFull = (long)Math.Ceiling((perMinute - left) * Window.TotalSeconds / perMinute);
        return string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left};t={secondsUntilFull}");
    }
}

/// <summary>For whom a request is counted, and in which of their budgets.</summary>
internal readonly record struct Counted(RequestBudget Budget, object Whom);
