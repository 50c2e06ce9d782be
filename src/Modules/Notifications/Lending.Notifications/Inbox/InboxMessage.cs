using Lending.Notifications.Contracts;
using Lending.Notifications.Delivery;
using Lending.Notifications.Preferences;

namespace Lending.Notifications.Inbox;

/// <summary>A message to the caller. Its text, which may hold a secret, came by mail; this says that there is something, and what it is about.</summary>
internal sealed record InboxMessage
{
    /// <summary>The message's id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>What it says.</summary>
    /// <example>OFFER_APPROVED</example>
    public required MessageKind Kind { get; init; }

    /// <summary>What it is about, as in the preferences.</summary>
    /// <example>OFFERS</example>
    public required NotificationTopic Topic { get; init; }

    /// <summary>The offer, application, form or message that it is about, if it is about one.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13</example>
    public required Guid? AboutId { get; init; }

    /// <summary>The subject of the mail, in its language.</summary>
    /// <example>Your loan offer of Sonnenschein Solar GmbH is ready</example>
    public required string Title { get; init; }

    /// <summary>When it was sent.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the caller marked it as read; null until then.</summary>
    /// <example>2026-11-02T10:00:00Z</example>
    public required DateTimeOffset? ReadAt { get; init; }

    public static async Task<InboxMessage> OfAsync(Notification message, MailTemplates templates) =>
        new()
        {
            Id = message.Id,
            Kind = message.Kind,
            Topic = Topics.Of(message.Kind),
            AboutId = message.AboutId,
            Title = await templates.WriteSubjectAsync(message),
            CreatedAt = message.CreatedAt,
            ReadAt = message.ReadAt,
        };
}
