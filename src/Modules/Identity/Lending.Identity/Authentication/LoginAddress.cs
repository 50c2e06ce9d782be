using Lending.Platform.Audit;
using Lending.Platform.Privacy;

namespace Lending.Identity.Authentication;

/// <summary>How many attempts to log in failed from one address, whichever accounts they were for. Rows are deleted some time after the last failure.</summary>
[NotAudited("A count of failures, each of which has an entry.")]
internal sealed class LoginAddress
{
    private LoginAddress() { }

    /// <summary>An IPv4 address, or the first 64 bits of an IPv6 address, which one client has for itself.</summary>
    [Personal]
    public string Address { get; private set; } = null!;

    public int FailedCount { get; private set; }

    /// <summary>When the failures are forgotten.</summary>
    public DateTimeOffset FailuresExpireAt { get; private set; }

    /// <summary>Until when nobody logs in from there.</summary>
    public DateTimeOffset? LockoutEnd { get; private set; }
}
