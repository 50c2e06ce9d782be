using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Lending.Notifications.Delivery;

/// <summary>Writes mails into a folder, for developers without a mail server: any mail program opens them.</summary>
internal sealed class FileTransport(IOptions<MailOptions> options, ILogger<FileTransport> logger) : IMailTransport
{
    public async Task SendAsync(MimeMessage mail, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(options.Value.Folder).FullName;
        var file = Path.Combine(folder, $"{mail.MessageId!.Split('@')[0]}.eml");
        await mail.WriteToAsync(file, ct);
        logger.LogInformation("A mail was written to {File}", file);
    }
}
