using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lending.Faults.Tests;

/// <summary>
/// A client of HTTP/1.1 that keeps its connection for as long as it may. Unlike .NET's own it sends nothing a second time, so that a request that got no
/// answer is seen.
/// </summary>
internal sealed class KeepAliveClient(Uri server, string accessToken) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket? connection;

    /// <summary>Whether the last answer told it to connect anew.</summary>
    public bool WasToldToClose { get; private set; }

    /// <summary>Sends a request, and answers status and body; null where nobody listens any more.</summary>
    public async Task<(int Status, string Body)?> PostAsync(string path, string json)
    {
        if (connection is null && !await TryConnectAsync())
        {
            return null;
        }
        var body = Encoding.UTF8.GetBytes(json);
        var head =
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {accessToken}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        await connection!.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]);
        var answer = await ReadAsync();
        WasToldToClose = answer.Contains("\r\nConnection: close\r\n", StringComparison.OrdinalIgnoreCase);
        if (WasToldToClose)
        {
            Dispose();
        }
        return (
            int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture),
            answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]
        );
    }

    /// <summary>Waits until the other side closes the connection, on which nothing is asked.</summary>
    public async Task UntilClosedAsync() => (await connection!.ReceiveAsync(buffer)).ShouldBe(0);

    public void Dispose()
    {
        connection?.Dispose();
        connection = null;
    }

    private async Task<bool> TryConnectAsync()
    {
        connection = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await connection.ConnectAsync(IPAddress.Loopback, server.Port);
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    // Answers of the API have their length, or come in chunks, the last of which is empty.
    private async Task<string> ReadAsync()
    {
        var answer = "";
        while (!IsWhole(answer))
        {
            var count = await connection!.ReceiveAsync(buffer);
            if (count == 0)
            {
                throw new IOException($"The connection ended after {answer.Length} bytes of the answer.");
            }
            answer += Encoding.Latin1.GetString(buffer, 0, count);
        }
        return answer;
    }

    private static bool IsWhole(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }
        const string length = "Content-Length: ";
        var at = answer.IndexOf(length, 0, end, StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
            : answer.Length
                == end + 4 + int.Parse(answer[(at + length.Length)..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
