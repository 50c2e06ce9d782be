using MimeKit;

namespace Lending.Notifications.Delivery;

/// <summary>The way that mails leave: a mail server, or in Development files.</summary>
internal interface IMailTransport
{
    /// <summary>Hands a mail over.</summary>
    /// <exception cref="MailRefusedException">It surely did not leave. After any other exception nobody knows.</exception>
    Task SendAsync(MimeMessage mail, CancellationToken ct);
}

/// <summary>A mail that surely did not leave.</summary>
/// <param name="reason">Why: a short code.</param>
/// <param name="isFinal">Whether it is of no use to try again.</param>
internal sealed class MailRefusedException(string reason, bool isFinal) : Exception(reason)
{
    /// <summary>The reason where the mail server cannot be reached.</summary>
    public const string NoConnection = "no-connection";

    public bool IsFinal => isFinal;
}
