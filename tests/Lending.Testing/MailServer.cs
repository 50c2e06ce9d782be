using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Lending.Notifications.Tests;

/// <summary>A real mail server on this machine, which keeps what it takes and answers what a test asks it to.</summary>
internal sealed class MailServer : MessageStore, IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    private MailServer(int port)
    {
        Port = port;
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(this);
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)))
            .Build();
        running = new SmtpServer.SmtpServer(options, services).StartAsync(stop.Token);
    }

    public int Port { get; }

    /// <summary>The mails it took.</summary>
    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    /// <summary>What it answers to a mail, by the mail's recipient; it takes the others.</summary>
    public ConcurrentDictionary<string, Func<SmtpResponse>> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The settings of a host that sends through it.</summary>
    public Dictionary<string, string?> Settings =>
        new()
        {
            ["Mail:Host"] = "127.0.0.1",
            ["Mail:Port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["Mail:Tls"] = "None",
            ["Mail:From"] = "no-reply@lending.example",
            ["PublicUrl"] = "https://loans.example/app/",
        };

    public static MailServer Start() => new(FreePort());

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public IEnumerable<MimeMessage> MailsTo(string recipient) =>
        Mails.Where(mail => mail.To.Mailboxes.Any(address => address.Address == recipient));

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream(buffer.ToArray());
        var recipient = $"{transaction.To[0].User}@{transaction.To[0].Host}";
        if (Answers.TryGetValue(recipient, out var answer) && answer() is var said && said != SmtpResponse.Ok)
        {
            return said;
        }
        Mails.Enqueue(await MimeMessage.LoadAsync(content, cancellationToken));
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}
