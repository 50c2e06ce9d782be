using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lending.Documents.Scanning;

/// <summary>What the scanner says of a file.</summary>
internal enum ScanResult
{
    /// <summary>It found nothing.</summary>
    Clean,

    /// <summary>It found a virus.</summary>
    Infected,

    /// <summary>It does not answer, so nothing is known.</summary>
    Unavailable,
}

/// <summary>Asks clamd whether there is a virus in a file: the command INSTREAM, chunks with their length in front, an empty one at the end.</summary>
internal sealed class VirusScanner(IOptions<ScanningOptions> options, LocalClamd local, TimeProvider clock, ILogger<VirusScanner> logger)
{
    private const int ChunkBytes = 64 * 1024;
    private const int LongestAnswerBytes = 1024;
    private static readonly TimeSpan LongestScan = TimeSpan.FromMinutes(1);

    /// <summary>Whether it answered when it was asked last; null where it never was.</summary>
    public bool? Answers { get; private set; }

    /// <summary>Sends the file, and waits for what it says.</summary>
    public async Task<ScanResult> ScanAsync(Stream content, CancellationToken ct)
    {
        var answer = await AskAsync("zINSTREAM\0", content, ct);
        if (answer == "stream: OK")
        {
            return ScanResult.Clean;
        }
        if (answer?.EndsWith(" FOUND", StringComparison.Ordinal) == true)
        {
            return ScanResult.Infected;
        }
        if (answer is not null)
        {
            // It knows nothing of the file but its bytes, and this is an error of its own: a limit, or a lack of memory.
            Answers = false;
            logger.LogError("The virus scanner cannot scan a file: {Answer}", answer);
        }
        return ScanResult.Unavailable;
    }

    /// <summary>Finds out whether it answers.</summary>
    public async Task<bool> PingAsync(CancellationToken ct) => await AskAsync("zPING\0", null, ct) == "PONG";

    private async Task<string?> AskAsync(string command, Stream? content, CancellationToken ct)
    {
        if (Address is not { } address)
        {
            Answers = false;
            return null;
        }
        using var limit = new CancellationTokenSource(LongestScan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(address, either.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command), either.Token);
            if (content is not null)
            {
                await SendAsync(stream, content, either.Token);
            }
            var answer = await ReadAsync(stream, either.Token);
            Answers = true;
            return answer;
        }
        catch (Exception exception)
            when (exception is SocketException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            if (Answers != false)
            {
                logger.LogWarning("The virus scanner does not answer, and files stay in quarantine: {Error}", exception.GetType().Name);
            }
            Answers = false;
            return null;
        }
    }

    private EndPoint? Address =>
        options.Value.Clamd is { Length: > 0 } configured && ClamdAddress.TryParse(configured, out var address) ? address : local.Address;

    private static async Task SendAsync(NetworkStream stream, Stream content, CancellationToken ct)
    {
        var buffer = new byte[sizeof(int) + ChunkBytes];
        int count;
        do
        {
            count = await content.ReadAsync(buffer.AsMemory(sizeof(int)), ct);
            BinaryPrimitives.WriteInt32BigEndian(buffer, count);
            await stream.WriteAsync(buffer.AsMemory(0, sizeof(int) + count), ct);
        } while (count > 0);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken ct)
    {
        var answer = new byte[LongestAnswerBytes];
        var length = 0;
        int count;
        do
        {
            count = await stream.ReadAsync(answer.AsMemory(length), ct);
            length += count;
        } while (count > 0 && !answer.AsSpan(0, length).Contains((byte)0));
        return count == 0 && length == 0
            ? throw new IOException("It hung up.")
            : Encoding.ASCII.GetString(answer.AsSpan(0, length)).TrimEnd('\0');
    }
}
