namespace Lending.Notifications.Contracts;

/// <content>What concerns those who administer an organisation.</content>
public sealed partial record Message
{
    /// <summary>Tells an administrator that a webhook is paused, as nothing could be sent to it.</summary>
    /// <param name="recipient">The administrator's e-mail.</param>
    /// <param name="userId">The administrator.</param>
    /// <param name="username">The administrator's user name.</param>
    /// <param name="webhookId">The webhook.</param>
    /// <param name="host">The host that its address leads to. The rest of the address may have a secret in it.</param>
    /// <param name="isGone">Whether the receiver said that it is gone, and has not just failed for long.</param>
    public static Message WebhookPaused(string recipient, Guid userId, string username, Guid webhookId, string host, bool isGone) =>
        new(
            MessageKind.WebhookPaused,
            recipient,
            Named(("username", username), ("webhookId", webhookId.ToString()), ("host", host), ("reason", isGone ? "GONE" : "FAILING"))
        )
        {
            UserId = userId,
        };

    /// <summary>Tells an administrator that a message which nobody can switch off has not arrived. To whom it went, the list of messages tells.</summary>
    /// <param name="recipient">The administrator's e-mail.</param>
    /// <param name="userId">The administrator.</param>
    /// <param name="username">The administrator's user name.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="messageKind">Its kind, as the API writes it: <c>APPLICATION_DECLINED</c>.</param>
    /// <param name="failure">Why it has not arrived, as the list of messages tells it.</param>
    public static Message MessageUndelivered(
        string recipient,
        Guid userId,
        string username,
        Guid messageId,
        string messageKind,
        string failure
    ) =>
        new(
            MessageKind.MessageUndelivered,
            recipient,
            Named(("username", username), ("messageId", messageId.ToString()), ("messageKind", messageKind), ("failure", failure))
        )
        {
            UserId = userId,
            AboutId = messageId,
        };
}
