using System.Diagnostics.Metrics;

namespace Lending.Identity.Authentication;

/// <summary>What metrics tell of logins; never whose. Where nobody reads them, nothing is counted.</summary>
internal sealed class LoginMetrics(IMeterFactory meters)
{
    private readonly Counter<long> failed = meters
        .Create("Lending.Identity")
        .CreateCounter<long>("lending.logins.failed", "{login}", "Wrong passwords, codes and other proofs of who somebody is.");

    /// <summary>Counts a failure.</summary>
    /// <param name="locks">Whether it locks an account or an address.</param>
    public void Fail(bool locks) => failed.Add(1, new KeyValuePair<string, object?>("locks", locks));
}
