using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Lending.Testing;

/// <summary>A real mail server on this machine, which keeps what it takes and answers what a test asks it to.</summary>
public sealed class MailServer : MessageStore, IUserAuthenticator, IAsyncDisposable
{
    private const string User = "lending";
    private readonly string password = Unique.Text();
    private readonly string tls;
    private readonly X509Certificate2 certificate = NewCertificate();
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    private MailServer(string tls)
    {
        this.tls = tls;
        LogWatch.OfThisRun.Learn(password);
        Port = FreePort.Find();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IUserAuthenticator)this);
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint =>
            {
                endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
                if (IsProtected)
                {
                    endpoint.Certificate(certificate).IsSecure(tls == "Implicit").AuthenticationRequired();
                }
            })
            .Build();
        running = new SmtpServer.SmtpServer(options, services).StartAsync(stop.Token);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its certificate, which vouches for itself: nobody trusts it who was not told to.</summary>
    public string CertificatePem => certificate.ExportCertificatePem();

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
            ["Mail:Tls"] = tls,
            ["Mail:User"] = IsProtected ? User : null,
            ["Mail:Password"] = IsProtected ? password : null,
            ["Mail:From"] = "no-reply@lending.example",
            ["PublicUrl"] = "https://loans.example/app/",
        };

    /// <summary>How many logins were tried.</summary>
    public int Logins { get; private set; }

    private bool IsProtected => tls != "None";

    /// <summary>Starts one; <paramref name="tls"/> is as in the setting. With TLS, it asks for a login.</summary>
    public static MailServer Start(string tls = "None") => new(tls);

    /// <summary>The mails to this address, oldest first.</summary>
    public IEnumerable<MimeMessage> MailsTo(string recipient) =>
        Mails.Where(mail => mail.To.Mailboxes.Any(address => address.Address == recipient));

    /// <inheritdoc />
    public Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken)
    {
        Logins++;
        return Task.FromResult(user == User && password == this.password);
    }

    /// <inheritdoc />
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

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
