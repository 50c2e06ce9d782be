using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Lending.Notifications.Bounces;

/// <summary>What a mail server reports of a mail that it could not deliver (RFC 3464).</summary>
internal sealed partial class BounceReport
{
    // Of the mail itself, or as Exchange and Gmail say it of one that they do not return.
    private static readonly string[] MessageIdFields = ["Original-Message-ID", "X-Original-Message-ID"];

    private readonly List<(string Address, string Status)> failed;

    private BounceReport(Guid? notificationId, List<(string Address, string Status)> failed) =>
        (NotificationId, this.failed) = (notificationId, failed);

    /// <summary>The message it is about; null where its id is none of ours.</summary>
    public Guid? NotificationId { get; }

    /// <summary>Reads a mail; null for one that is no such report.</summary>
    public static BounceReport? Read(string content)
    {
        try
        {
            using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
            using var mail = MimeMessage.Load(bytes);
            // The groups of a status are parsed when they are read, and may be wrong then, too.
            return mail.Body is MultipartReport report && report.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } status
                ? new BounceReport(MessageIdIn(report, status), [.. FailuresIn(status)])
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Why nothing came to this address, such as <c>5.1.1</c>; null where the report does not say so.</summary>
    public string? StatusOf(string address) => failed.Find(one => one.Address.Equals(address, StringComparison.OrdinalIgnoreCase)).Status;

    private static Guid? MessageIdIn(MultipartReport report, MessageDeliveryStatus status)
    {
        var returned = report.OfType<MessagePart>().Select(part => part.Message?.MessageId);
        var named = status.StatusGroups.Take(1).SelectMany(fields => MessageIdFields.Select(name => fields[name]?.Trim('<', '>', ' ')));
        return
            returned.Concat(named).FirstOrDefault(id => !string.IsNullOrEmpty(id)) is { } found
            && Guid.TryParseExact(found.Split('@')[0], "D", out var notificationId)
            ? notificationId
            : null;
    }

    // What is delayed may still arrive, and what is relayed is known to nobody.
    private static IEnumerable<(string Address, string Status)> FailuresIn(MessageDeliveryStatus status) =>
        from fields in status.StatusGroups.Skip(1)
        where "failed".Equals(fields["Action"]?.Trim(), StringComparison.OrdinalIgnoreCase)
        let code = StatusCode().Match(fields["Status"]?.TrimStart() ?? "").Value
        where code.Length > 0
        from name in (string[])["Original-Recipient", "Final-Recipient"]
        let address = fields[name]?.Split(';', 2)[^1].Trim().Trim('<', '>')
        where !string.IsNullOrEmpty(address)
        select (address, code);

    // RFC 3463; a comment may follow.
    [GeneratedRegex(@"^[45]\.[0-9]{1,3}\.[0-9]{1,3}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusCode();
}
