using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Lending.Notifications.Suppressions;
using Lending.Platform.Clocks;
using Lending.Platform.Encryption;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Bounces;

/// <summary>
/// Takes a mail that says that one of ours did not arrive (RFC 3464), from the platform's own mail server. It is believed about a message that was sent, and about that message's
/// address. What failed for good (5.x.x) suppresses the address: the organisation's mails to it are not sent any more. Its administrators are mailed that a message did not arrive
/// which nobody can switch off.
/// </summary>
/// <response code="400">`validation-failed`; `not-a-bounce`: the mail is no delivery report that can be read; `malformed-json`.</response>
/// <response code="409">`concurrent-change`: the same is handed in at the same time. Hand it in again.</response>
internal sealed class ReceiveBounce(
    NotificationsDbContext db,
    UndeliveredMessages undelivered,
    KeyRing ring,
    Caller caller,
    OrganizationClock clock
) : Endpoint<ReceiveBounce.Request, Results<Ok<ReceiveBounce.Receipt>, Problem>>
{
    private static readonly Error NotABounce = Error.Validation(
        "not-a-bounce",
        "The mail is no delivery report (multipart/report with message/delivery-status).",
        "content"
    );

    internal sealed record Request
    {
        /// <summary>The whole mail as it arrived. What it returns of ours may be cut off: its headers are enough.</summary>
        /// <example>From: MAILER-DAEMON@mail.example.org …</example>
        public string Content { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Content).NotEmpty();
    }

    /// <summary>What came of it.</summary>
    internal sealed record Receipt
    {
        /// <summary>
        /// `SUPPRESSED`: the message failed for good, and nothing goes to its address any more; `FAILED`: it failed, and the next one is tried; `IGNORED`: it is about
        /// none of our messages, or says nothing new, and nothing has changed.
        /// </summary>
        /// <example>SUPPRESSED</example>
        public required BounceOutcome Outcome { get; init; }
    }

    public override void Configure()
    {
        Post("mail-bounces");
        Permissions(NotificationsPermission.BouncesReport);
    }

    public override async Task<Results<Ok<Receipt>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (BounceReport.Read(request.Content) is not { } report)
        {
            return Problem.From(NotABounce);
        }
        var notification = await db.Notifications.OfEveryOrganization().SingleOrDefaultAsync(row => row.Id == report.NotificationId, ct);
        if (
            // What a sandbox does reaches nobody outside of it.
            caller.HasSandboxKey
            || notification is not { MayComeBack: true }
            || report.StatusOf(notification.Recipient) is not { } status
        )
        {
            return TypedResults.Ok(new Receipt { Outcome = BounceOutcome.Ignored });
        }
        caller.ActFor(notification.OrganizationId, caller.Reference);
        var now = clock.GetStorableNow();
        var wasTold = notification.IsMissed;
        notification.ComeBack(status, now);
        if (!wasTold)
        {
            await undelivered.TellAsync(notification, ct);
        }
        var isForGood = status.StartsWith('5');
        if (isForGood)
        {
            var hash = Suppression.HashOf(ring, notification.Recipient);
            if (!await db.Suppressions.AnyAsync(row => row.AddressHash == hash, ct))
            {
                db.Add(new Suppression(hash, notification.Id, notification.CustomerId, status, now));
            }
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Receipt { Outcome = isForGood ? BounceOutcome.Suppressed : BounceOutcome.Failed });
    }
}

/// <summary>What came of a report that a mail did not arrive.</summary>
internal enum BounceOutcome
{
    /// <summary>Nothing has changed.</summary>
    Ignored,

    /// <summary>The message has failed.</summary>
    Failed,

    /// <summary>It has, and its address gets no mails any more.</summary>
    Suppressed,
}
