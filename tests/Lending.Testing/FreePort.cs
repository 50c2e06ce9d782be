using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Lending.Testing;

/// <summary>A port of this machine at which nobody listens.</summary>
public static class FreePort
{
    /// <summary>Finds one below those that the system gives to whoever asks for any, so that nobody else gets it until it is used.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
