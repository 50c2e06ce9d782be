using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Lending.Documents.Scanning;

/// <summary>Where clamd listens. It asks nobody for a password, so only this machine is allowed.</summary>
internal static class ClamdAddress
{
    /// <summary>Reads the path of a socket, or an address of this machine with a port.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EndPoint? address)
    {
        address =
            text.StartsWith('/') ? new UnixDomainSocketEndPoint(text)
            : IPEndPoint.TryParse(text, out var parsed) && parsed.Port > 0 && IPAddress.IsLoopback(parsed.Address) ? parsed
            : null;
        return address is not null;
    }
}
