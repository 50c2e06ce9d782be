using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Lending.Platform.Http;

/// <summary>Addresses that requests come from.</summary>
public static class ClientAddress
{
    /// <summary>The address as people write it: a socket for both versions wraps IPv4 addresses in IPv6.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    public static IPAddress? Unwrapped(this IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
