using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace Lending.Notifications.Delivery;

/// <summary>How mail is sent; configuration section <c>Mail</c>.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>The mail server's name. Left out, in Development alone: mails become files in <see cref="Folder"/>.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected.</summary>
    public MailTls Tls { get; set; } = MailTls.StartTls;

    /// <summary>Left out where the server asks for no login.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The address that mails come from. Their sender's name is the organisation's.</summary>
    public string From { get; set; } = "no-reply@example.org";

    /// <summary>With what mails are signed; left out, they are not, or the mail server does it.</summary>
    public DkimOptions Dkim { get; set; } = new();

    /// <summary>Where mails are put where there is no server.</summary>
    public string Folder { get; set; } = Path.Combine(Path.GetTempPath(), "lending-mails");

    /// <summary>How often messages to send are looked for, in seconds.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 2;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The parser also takes a name alone, without a domain.
        if (!MailboxAddress.TryParse(From, out var from) || string.IsNullOrEmpty(from.Domain))
        {
            yield return new($"{Section}__{nameof(From)} must be an e-mail address.");
        }
        else
        {
            foreach (var wrong in Dkim.Validate(from.Domain))
            {
                yield return wrong;
            }
        }
        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
        {
            yield return new($"{Section}__{nameof(User)} and {Section}__{nameof(Password)} belong together.");
        }
        if (Tls == MailTls.None && !string.IsNullOrEmpty(Password))
        {
            yield return new($"{Section}__{nameof(Tls)}=None would send the password in the clear.");
        }
    }
}

/// <summary>How the connection to the mail server is protected.</summary>
internal enum MailTls
{
    /// <summary>Begins in the clear and must change to TLS before anything is said; usual on port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte; usual on port 465.</summary>
    Implicit,

    /// <summary>No protection: for a server on the same machine.</summary>
    None,
}
