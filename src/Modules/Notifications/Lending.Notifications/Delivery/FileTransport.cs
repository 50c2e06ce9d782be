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
        // Under another name until it is whole: a program that watches the folder finds no half mail.
        var part = Path.ChangeExtension(file, ".part");
        await mail.WriteToAsync(part, ct);
        File.Move(part, file, overwrite: true);
        logger.LogInformation("A mail was written to {File}", file);
    }
}
