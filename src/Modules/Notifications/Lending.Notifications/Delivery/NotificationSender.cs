using Lending.Kernel;
using Lending.Notifications.Data;
using Lending.Notifications.Preferences;
using Lending.Notifications.Suppressions;
using Lending.Platform.Encryption;
using Lending.Platform.Http;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Lending.Notifications.Delivery;

/// <summary>Sends what is queued, unless the recipient does not want it or their address does not work. Several instances share the work. Another channel than mail would begin here.</summary>
internal sealed class NotificationSender(
    IServiceScopeFactory scopes,
    MailTemplates templates,
    UnsubscribeTokens tokens,
    KeyRing ring,
    MailSignature signature,
    IMailTransport transport,
    IOptions<MailOptions> mail,
    PublicUrl publicUrl,
    TimeProvider clock,
    ILogger<NotificationSender> logger
) : RepeatedJob(clock, logger)
{
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(25);

    protected override TimeSpan Interval => TimeSpan.FromSeconds(mail.Value.PollSeconds);

    protected override string Failure => "Messages cannot be sent now";

    protected override Task DoAsync(CancellationToken ct) => SendDueAsync(ct);

    /// <summary>Sends everything that is due.</summary>
    public async Task SendDueAsync(CancellationToken ct)
    {
        await GiveUpLostAsync(ct);
        while (await TakeAsync(ct) is { } taken)
        {
            if (!await FinishAsync(taken))
            {
                // Where there is no connection, the others would wait for one in vain, too.
                return;
            }
        }
    }

    /// <summary>Who was sending these has vanished. They may have left, so nobody sends them again.</summary>
    private async Task GiveUpLostAsync(CancellationToken ct)
    {
        foreach (var notification in await TakeLostAsync(ct))
        {
            await FinishAsync(new Taken(notification, Notification.OutcomeUnknown));
        }
    }

    /// <summary>Those whose sender has vanished. If this one vanishes, too, they are taken again later.</summary>
    private async Task<List<Notification>> TakeLostAsync(CancellationToken ct)
    {
        var now = Clock.GetStorableNow();
        var takenAgainAt = now + Notification.LongestSending;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var lost = await db
            .Notifications.FromSql(
                $"""
                UPDATE notifications.notifications SET next_attempt_at = {takenAgainAt}
                WHERE status = 'SENDING' AND next_attempt_at <= {now}
                RETURNING *
                """
            )
            .OfEveryOrganization()
            .AsNoTracking()
            .ToListAsync(ct);
        await transaction.CommitAsync(ct);
        return lost;
    }

    /// <summary>The next one that is due, marked as being sent before anything of it leaves; null when there is none.</summary>
    private async Task<Taken?> TakeAsync(CancellationToken ct)
    {
        var now = Clock.GetStorableNow();
        var givenUpAt = now + Notification.LongestSending;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        // Whether it may leave is asked before it counts as being sent: if that fails, it is still to be sent.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var taken = await db
            .Notifications.FromSql(
                $"""
                UPDATE notifications.notifications SET status = 'SENDING', attempts = attempts + 1, next_attempt_at = {givenUpAt}
                WHERE id = (
                    SELECT id FROM notifications.notifications WHERE status = 'QUEUED' AND next_attempt_at <= {now}
                    ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
                )
                RETURNING *
                """
            )
            .OfEveryOrganization()
            .AsNoTracking()
            .ToListAsync(ct);
        if (taken.SingleOrDefault() is not { } notification)
        {
            return null;
        }
        var refusal = await FindRefusalAsync(db, notification, ct);
        await transaction.CommitAsync(ct);
        return new Taken(notification, refusal);
    }

    /// <summary>Why it may not leave; null if it may.</summary>
    private async Task<string?> FindRefusalAsync(NotificationsDbContext db, Notification notification, CancellationToken ct)
    {
        var address = Suppression.HashOf(ring, notification.Recipient);
        if (
            await db
                .Suppressions.OfEveryOrganization()
                .AnyAsync(row => row.OrganizationId == notification.OrganizationId && row.AddressHash == address, ct)
        )
        {
            return Notification.AddressBounced;
        }
        return
            notification.Choice is var (person, topic)
            && await db
                .OptOuts.OfEveryOrganization()
                .Where(row => row.OrganizationId == notification.OrganizationId)
                .Where(OptOut.Of(person))
                .AnyAsync(row => row.Topic == topic && row.Channel == NotificationChannel.Mail, ct)
            ? Notification.SwitchedOff
            : null;
    }

    /// <summary>Sends one, unless it may not leave, and writes down what became of it, with what staff are told of that. False when there is no connection to the mail server.</summary>
    private async Task<bool> FinishAsync(Taken taken)
    {
        var notification = taken.Notification;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(notification.OrganizationId, UserReference.System);
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        db.Attach(notification);
        var isConnected = await TryAsync(taken);
        // Written down even while the host stops: else what was sent would count as lost.
        await scope.ServiceProvider.GetRequiredService<UndeliveredMessages>().TellAsync(notification, CancellationToken.None);
        await db.SaveChangesAsync(CancellationToken.None);
        return isConnected;
    }

    private async Task<bool> TryAsync(Taken taken)
    {
        var notification = taken.Notification;
        if (taken.Refusal is { } refusal)
        {
            notification.GiveUp(refusal, Clock.GetStorableNow());
            return true;
        }
        if (notification.HasExpired(Clock.GetUtcNow()))
        {
            notification.GiveUp("expired", Clock.GetStorableNow());
            return true;
        }
        MimeMessage written;
        try
        {
            written = await WriteAsync(notification);
        }
        catch (Exception exception)
        {
            // A defect of one message, such as a time zone that this machine does not know, must not hold up the others.
            Logger.LogError("Message {Message} cannot be written: {Error}", notification.Id, exception.GetType().Name);
            notification.GiveUp("cannot-be-written", Clock.GetStorableNow());
            return true;
        }
        try
        {
            // Not ended when the host stops: what is half sent would be lost.
            using var limit = new CancellationTokenSource(LongestAttempt, Clock);
            await transport.SendAsync(written, limit.Token);
            notification.Succeed(Clock.GetStorableNow());
            return true;
        }
        catch (MailRefusedException refused) when (refused.IsFinal)
        {
            notification.GiveUp(refused.Message, Clock.GetStorableNow());
            return true;
        }
        catch (MailRefusedException refused)
        {
            notification.Retry(refused.Message, Clock.GetStorableNow());
            return refused.Message != MailRefusedException.NoConnection;
        }
        catch (Exception exception)
        {
            Logger.LogError("What became of message {Message} is unknown: {Error}", notification.Id, exception.GetType().Name);
            notification.GiveUp(Notification.OutcomeUnknown, Clock.GetStorableNow());
            return true;
        }
    }

    private async Task<MimeMessage> WriteAsync(Notification notification)
    {
        var mailText = await templates.WriteAsync(notification, publicUrl.Value);
        notification.IsWritten(mailText.Version);
        var body = new BodyBuilder { TextBody = mailText.Text, HtmlBody = mailText.Html }.ToMessageBody();
        var from = MailboxAddress.Parse(mail.Value.From);
        var written = new MimeMessage
        {
            Subject = mailText.Subject,
            Body = notification.FileContent is null ? body : new Multipart("mixed") { body, FileOf(notification) },
            Date = Clock.GetUtcNow(),
            // The same at each attempt, so that a mail program shows it once even if it should arrive twice.
            MessageId = $"{notification.Id}@{from.Domain}",
        };
        written.From.Add(new MailboxAddress(notification.OrganizationName, from.Address));
        written.To.Add(new MailboxAddress("", notification.Recipient));
        // RFC 3834: nobody's absence notice shall answer it.
        written.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (notification.Choice is var (person, topic))
        {
            // RFC 8058: a mail program switches them off by itself, with one POST.
            var token = tokens.Write(notification.OrganizationId, person, topic);
            written.Headers.Add(HeaderId.ListUnsubscribe, $"<{publicUrl.To($"unsubscribe?token={token}")}>");
            written.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }
        signature.Sign(written);
        return written;
    }

    private static MimePart FileOf(Notification notification) =>
        new("application", "pdf")
        {
            Content = new MimeContent(new MemoryStream(notification.FileContent!)),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = notification.FileName },
            ContentTransferEncoding = ContentEncoding.Base64,
        };

    private sealed record Taken(Notification Notification, string? Refusal);
}
