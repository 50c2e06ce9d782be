using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Lending.Platform.Http;

/// <summary>Addresses that requests come from.</summary>
public static class ClientAddress
{
    private const int BytesOfNetwork = 8;

    /// <summary>The address as people write it: a socket for both versions wraps IPv4 addresses in IPv6.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    public static IPAddress? Unwrapped(this IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    /// <summary>What requests are counted by: the address, of IPv6 the network, because a client can take any address in it.</summary>
    public static string NetworkOf(this IPAddress address)
    {
        var known = address.Unwrapped();
        if (known.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return known.ToString();
        }
        var bytes = known.GetAddressBytes();
        bytes.AsSpan(BytesOfNetwork).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
