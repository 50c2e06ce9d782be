using System.Net;

namespace Lending.Platform.Security;

/// <summary>Knows the API keys.</summary>
public interface IApiKeys
{
    /// <summary>
    /// Whom this key makes its sender; null when it does not work, for whatever reason. A key that was revoked may work for some seconds more, never
    /// for 30.
    /// </summary>
    ValueTask<CallerIdentity?> FindAsync(string key, IPAddress? address, CancellationToken ct);
}
