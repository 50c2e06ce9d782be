using System.Net;
using System.Net.Sockets;

namespace Lending.Host.Tests.Telemetry;

/// <summary>A port of this machine that nobody has.</summary>
internal static class MetricsPort
{
    public static int Find()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
