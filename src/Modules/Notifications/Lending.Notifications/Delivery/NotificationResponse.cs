using Lending.Notifications.Contracts;
using Mapster;

namespace Lending.Notifications.Delivery;

/// <summary>A message to somebody, and what became of it. Its text is not kept: it may hold a secret.</summary>
internal sealed record NotificationResponse
{
    /// <summary>The message's id; its e-mail carries it in <c>Message-Id</c>.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>What it says.</summary>
    /// <example>CUSTOMER_INVITATION</example>
    public required MessageKind Kind { get; init; }

    /// <summary>The e-mail address it goes to.</summary>
    /// <example>greta.sommer@example.org</example>
    public required string Recipient { get; init; }

    /// <summary>The customer it goes to, if it is one.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12</example>
    public required Guid? CustomerId { get; init; }

    /// <summary>`QUEUED`, `SENDING`, `SENT` (the mail server took it), `FAILED` (nobody tries again) or `KEPT` (a sandbox's: it never leaves).</summary>
    /// <example>SENT</example>
    public required NotificationStatus Status { get; init; }

    /// <summary>By which version of its template it was written, as `GET /message-templates` tells it; null where it was not.</summary>
    /// <example>4b2f9c01d7e8</example>
    public required string? TemplateVersion { get; init; }

    /// <summary>How often it was tried.</summary>
    /// <example>1</example>
    public required int Attempts { get; init; }

    /// <summary>
    /// Why the last attempt failed: what the mail server answered (`550 RecipientNotAccepted`), `no-connection`, `expired`,
    /// `switched-off`: the recipient does not want such mails, `bounced 5.1.1`: it came back, with the reason of RFC 3463, `address-bounced`: an earlier one
    /// came back for good, so this one was not sent (`GET /mail-suppressions`), or `outcome-unknown`: it may have left, so it is not sent again.
    /// </summary>
    /// <example>550 RecipientNotAccepted</example>
    public required string? Failure { get; init; }

    /// <summary>When it is tried next; null when it is not.</summary>
    /// <example>2026-11-02T09:31:00Z</example>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was asked for.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was sent, given up, returned or kept.</summary>
    /// <example>2026-11-02T09:30:02Z</example>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When its recipient marked it as read in their inbox.</summary>
    /// <example>2026-11-02T10:00:00Z</example>
    public required DateTimeOffset? ReadAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<Notification, NotificationResponse>()
                .Map(
                    response => response.NextAttemptAt,
                    row => row.Status == NotificationStatus.Queued ? row.NextAttemptAt : (DateTimeOffset?)null
                );
    }
}
