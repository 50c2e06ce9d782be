using System.Net;
using Lending.Kernel;

namespace Lending.Platform.Security;

/// <summary>Knows which organisations let whom in.</summary>
public interface IOrganizationGates
{
    /// <summary>Why the organisation does not let this caller in; null when it does. May lag by a few seconds, never by 30.</summary>
    ValueTask<Error?> CheckAsync(CallerIdentity caller, IPAddress? address, CancellationToken ct);
}
