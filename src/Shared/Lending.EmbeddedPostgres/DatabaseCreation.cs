using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lending.EmbeddedPostgres;

/// <summary>Creates a database where it is missing: two messages of PostgreSQL's protocol instead of a client library.</summary>
internal static class DatabaseCreation
{
    private const int HeaderLength = 5;
    private const string AlreadyThere = "\0C42P04\0";

    public static async Task EnsureAsync(EndPoint server, string user, string database, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket);

        // Protocol 3.0, then pairs of names and values.
        byte[] hello = [0, 3, 0, 0, .. Encoding.UTF8.GetBytes($"user\0{user}\0\0")];
        await stream.WriteAsync(WithLength(hello), cancellationToken);
        await ReadReplyAsync(stream, cancellationToken);

        var quoted = database.Replace("\"", "\"\"", StringComparison.Ordinal);
        var query = Encoding.UTF8.GetBytes($"CREATE DATABASE \"{quoted}\"\0");
        await stream.WriteAsync(new[] { (byte)'Q' }.Concat(WithLength(query)).ToArray(), cancellationToken);
        await ReadReplyAsync(stream, cancellationToken);
    }

    private static byte[] WithLength(byte[] body)
    {
        var message = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        body.CopyTo(message, sizeof(int));
        return message;
    }

    private static async Task ReadReplyAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        while (header[0] != 'Z')
        {
            await stream.ReadExactlyAsync(header, cancellationToken);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - sizeof(int)];
            await stream.ReadExactlyAsync(body, cancellationToken);
            if (header[0] != 'E')
                continue;
            var error = Encoding.UTF8.GetString(body);
            // After an error at the greeting nothing more would come.
            if (!error.Contains(AlreadyThere, StringComparison.Ordinal))
                throw new InvalidOperationException($"PostgreSQL refused to create the database: {error.Replace('\0', ' ')}");
        }
    }
}
