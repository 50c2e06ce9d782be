using Lending.Notifications.Contracts;

namespace Lending.Notifications.Preferences;

/// <summary>What messages are about, as far as people choose by it. Tokens in mails hold their numbers: a new one goes to the end.</summary>
internal enum NotificationTopic
{
    /// <summary>What the law, a contract or the safety of an account asks for, and what waits for its recipient: it cannot be switched off.</summary>
    Essential,

    /// <summary>What becomes of loan offers.</summary>
    Offers,

    /// <summary>How far applications have come.</summary>
    Applications,

    /// <summary>What is decided on documents.</summary>
    Documents,
}

/// <summary>Why messages of a kind are sent. There is none that advertises: such a one would need a consent.</summary>
internal enum MessageClass
{
    /// <summary>The law, a contract or the safety of an account asks for it, or nothing goes on before its recipient does something.</summary>
    Legal,

    /// <summary>It tells its recipient how things stand.</summary>
    Service,
}

/// <summary>How a message reaches somebody.</summary>
internal enum NotificationChannel
{
    /// <summary>By e-mail.</summary>
    Mail,
}

/// <summary>
/// What each kind of message is about. The one place that knows what can be switched off: what a new kind is, its author decides here. What waits for its recipient cannot
/// be: who is asked for a document, or could accept an offer, would not go on without it.
/// </summary>
internal static class Topics
{
    /// <summary>Those that can be switched off, with their channels.</summary>
    public static readonly IReadOnlyList<NotificationTopic> Optional =
    [
        .. Enum.GetValues<NotificationTopic>().Where(topic => topic != NotificationTopic.Essential),
    ];

    /// <summary>Why a kind is sent.</summary>
    public static MessageClass ClassOf(MessageKind kind) =>
        Of(kind) == NotificationTopic.Essential ? MessageClass.Legal : MessageClass.Service;

    /// <summary>What a kind is about.</summary>
    public static NotificationTopic Of(MessageKind kind) =>
        kind switch
        {
            MessageKind.OfferRejected
            or MessageKind.OfferExpired
            or MessageKind.OfferCancelled
            or MessageKind.OfferDisbursed
            or MessageKind.OfferNews => NotificationTopic.Offers,
            MessageKind.ApplicationReceived
            or MessageKind.ApplicationInReview
            or MessageKind.ApplicationApproved
            or MessageKind.ApplicationWithdrawn
            or MessageKind.ApplicationExpired
            or MessageKind.ApplicationNews => NotificationTopic.Applications,
            MessageKind.DocumentApproved or MessageKind.DocumentRejected => NotificationTopic.Documents,
            _ => NotificationTopic.Essential,
        };
}
