using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Lending.Notifications.Delivery;

/// <summary>Sends mails over SMTP, one connection each: there are few, and a connection that is kept breaks when nobody looks.</summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    public async Task SendAsync(MimeMessage mail, CancellationToken ct)
    {
        using var client = new SmtpClient { Timeout = (int)LongestSilence.TotalMilliseconds };
        await ConnectAsync(client, ct);
        try
        {
            await client.SendAsync(mail, ct);
        }
        catch (SmtpCommandException refused)
        {
            // RFC 5321, 4.2.1: 4yz is worth another attempt, 5yz is not.
            var code = (int)refused.StatusCode;
            throw new MailRefusedException(
                string.Create(CultureInfo.InvariantCulture, $"{code} {refused.ErrorCode}"),
                isFinal: code >= 500
            );
        }
        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception exception) when (exception is IOException or ProtocolException or OperationCanceledException)
        {
            // The server took the mail before; how the talk ends does not matter.
        }
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken ct)
    {
        var mail = options.Value;
        var security = mail.Tls switch
        {
            MailTls.StartTls => SecureSocketOptions.StartTls,
            MailTls.Implicit => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };
        try
        {
            await client.ConnectAsync(mail.Host!, mail.Port, security, ct);
            if (!string.IsNullOrEmpty(mail.User))
            {
                await client.AuthenticateAsync(mail.User, mail.Password!, ct);
            }
        }
        // Nothing of the mail was said yet, and the server's settings can be mended: worth another attempt.
        catch (Exception exception)
            when (exception
                    is IOException
                        or SocketException
                        or TimeoutException
                        or ProtocolException
                        or SslHandshakeException
                        or OperationCanceledException
            )
        {
            throw new MailRefusedException(MailRefusedException.NoConnection, isFinal: false);
        }
        catch (Exception exception) when (exception is AuthenticationException or CommandException or NotSupportedException)
        {
            throw new MailRefusedException("server-refuses-login-or-tls", isFinal: false);
        }
    }
}
