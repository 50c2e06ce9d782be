using System.Net;
using System.Net.Sockets;

namespace Lending.Testing;

/// <summary>A port of this machine that nobody has.</summary>
public static class FreePort
{
    /// <summary>Finds one.</summary>
    public static int Find()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
