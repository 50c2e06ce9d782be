using System.Linq.Expressions;
using Lending.Notifications.Contracts;
using Lending.Notifications.Preferences;
using Lending.Platform.Audit;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Notifications.Delivery;

/// <summary>
/// A message and what became of it. It leaves at most once: whoever sends it first writes down that they do, and a message whose sender vanished in
/// between is given up, because nobody knows whether it left.
/// </summary>
[NotAudited("Each says itself when it was asked for and what became of it; what causes one has an entry.")]
internal sealed class Notification : ITenantOwned, IListed
{
    public const int MaximumRecipientLength = 254;
    public const int MaximumNameLength = 200;
    public const int MaximumFailureLength = 100;
    public const int MaximumFileNameLength = 100;

    /// <summary>The failure of a message that may have left.</summary>
    public const string OutcomeUnknown = "outcome-unknown";

    /// <summary>The failure of a message that its recipient does not want.</summary>
    public const string SwitchedOff = "switched-off";

    /// <summary>The failure of a message to an address from which one came back for good.</summary>
    public const string AddressBounced = "address-bounced";

    /// <summary>How long a message is tried, unless it expires before.</summary>
    public static readonly TimeSpan TriedFor = TimeSpan.FromDays(1);

    /// <summary>How long sending can take before its outcome counts as unknown.</summary>
    public static readonly TimeSpan LongestSending = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(4);

    private Notification() { }

    public Notification(Message message, MessageSender sender, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        OrganizationName = sender.Name;
        Language = sender.Language;
        TimeZone = sender.TimeZone;
        (CustomerId, UserId) = (message.CustomerId, message.UserId);
        (Kind, AboutId) = (message.Kind, message.AboutId);
        Recipient = message.Recipient;
        Values = message.Values;
        ExpiresAt = message.ExpiresAt;
        FileName = message.File?.Name;
        FileContent = message.File?.Content;
        Status = NotificationStatus.Queued;
        CreatedAt = NextAttemptAt = now;
        if (sender.IsSandbox)
        {
            // The file can be made again by whoever wants to see it.
            (Status, FinishedAt, FileContent) = (NotificationStatus.Kept, now, null);
        }
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    [NotPersonal]
    public string OrganizationName { get; private init; } = "";

    [NotPersonal]
    public string Language { get; private init; } = "";

    [NotPersonal]
    public string TimeZone { get; private init; } = "";

    public Guid? CustomerId { get; private init; }

    /// <summary>The user to whom it goes, if it is one of the staff.</summary>
    public Guid? UserId { get; private init; }

    public MessageKind Kind { get; private init; }

    /// <summary>The offer, application, form or message that it is about, if it is about one.</summary>
    public Guid? AboutId { get; private init; }

    [Personal]
    public string Recipient { get; private init; } = "";

    /// <summary>What the template fills in, secrets among it; null as soon as nobody needs it any more. A sandbox keeps it: the secrets open nothing real.</summary>
    [Secret]
    public IReadOnlyDictionary<string, string>? Values { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private init; }

    /// <summary>What the file is called that goes with it; null where there is none.</summary>
    [NotPersonal]
    public string? FileName { get; private init; }

    /// <summary>That file; null as soon as nobody needs it any more.</summary>
    [Secret]
    public byte[]? FileContent { get; private set; }

    /// <summary>The version of the template that it was written by; null before, and for one of the time when nobody noted it.</summary>
    [NotPersonal]
    public string? TemplateVersion { get; private set; }

    public NotificationStatus Status { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Queued: not tried before. Being sent: given up from then on.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>Why the last attempt failed: a code of ours or of the mail server, never a secret.</summary>
    [NotPersonal]
    public string? Failure { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it was sent, given up or kept.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>When its recipient marked it as read in their inbox.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Who may switch such messages off, and by what they are about; null where nobody may, or where it is not known who gets it.</summary>
    public (Person Person, NotificationTopic Topic)? Choice =>
        Topics.Of(Kind) is var topic && topic != NotificationTopic.Essential && (CustomerId ?? UserId) is not null
            ? (new Person(CustomerId, UserId), topic)
            : null;

    /// <summary>Whether a mail server can have returned it: it has left, or may have, and has not come back yet.</summary>
    public bool MayComeBack => Status == NotificationStatus.Sent || Failure == OutcomeUnknown;

    /// <summary>
    /// Whether staff have to hear that it failed: somebody known waits for it who could not switch it off. What goes to an address that anybody may have typed in, as at a
    /// sign-up, tells nobody else; nor does the word of such a failure, which would never end, or a code, which its recipient asks for again.
    /// </summary>
    public bool IsMissed =>
        Status == NotificationStatus.Failed
        && Topics.Of(Kind) == NotificationTopic.Essential
        && Kind is not (MessageKind.MessageUndelivered or MessageKind.OfferCode or MessageKind.CustomerCode)
        && (CustomerId ?? UserId) is not null;

    /// <summary>Those to one person.</summary>
    public static Expression<Func<Notification, bool>> To(Person person) =>
        person.CustomerId is { } customerId ? row => row.CustomerId == customerId : row => row.UserId == person.UserId;

    /// <summary>Its recipient has read it; the first time counts.</summary>
    public void Read(DateTimeOffset now) => ReadAt ??= now;

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>It was written by this version of its template.</summary>
    public void IsWritten(string templateVersion) => TemplateVersion = templateVersion;

    public void Succeed(DateTimeOffset now)
    {
        Failure = null;
        Finish(NotificationStatus.Sent, now);
    }

    /// <summary>Nobody tries it again.</summary>
    public void GiveUp(string failure, DateTimeOffset now)
    {
        Failure = failure;
        Finish(NotificationStatus.Failed, now);
    }

    /// <summary>A mail server has returned it, for this reason of RFC 3463.</summary>
    public void ComeBack(string status, DateTimeOffset now) => GiveUp($"bounced {status}", now);

    /// <summary>Tries it again later: after 1, 2, 4 … minutes, at most four hours; after a day, or when it expires before, it is given up.</summary>
    public void Retry(string failure, DateTimeOffset now)
    {
        var delay = Doubling.After(Attempts, ShortestDelay, LongestDelay);
        if (now + delay >= CreatedAt + TriedFor || HasExpired(now + delay))
        {
            GiveUp(failure, now);
            return;
        }
        Failure = failure;
        Status = NotificationStatus.Queued;
        NextAttemptAt = now + delay;
    }

    private void Finish(NotificationStatus status, DateTimeOffset now)
    {
        Status = status;
        FinishedAt = now;
        Values = null;
        FileContent = null;
    }
}

/// <summary>What became of a message.</summary>
internal enum NotificationStatus
{
    /// <summary>It waits for its first or its next attempt.</summary>
    Queued,

    /// <summary>It is being sent.</summary>
    Sending,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>It was given up.</summary>
    Failed,

    /// <summary>It is a sandbox's: it never leaves, and whoever tries things out reads it there.</summary>
    Kept,
}
