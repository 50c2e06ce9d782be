using FastEndpoints;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Lending.Notifications.Preferences;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Inbox;

/// <summary>Lists the messages to the caller, newest first, also those that they do not want by mail. Nobody sees another's.</summary>
internal sealed class ListInbox(NotificationsDbContext db, MailTemplates templates, Caller caller)
    : Endpoint<ListInbox.Request, Ok<Page<InboxMessage>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only those that are marked as read, or only those that are not.</summary>
        public bool? IsRead { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("inbox");
        Permissions(NotificationsPermission.InboxOwn);
    }

    public override async Task<Ok<Page<InboxMessage>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var own = db.Notifications.AsNoTracking().Where(Notification.To(Person.Of(caller)));
        if (request.IsRead is { } isRead)
        {
            own = own.Where(message => message.ReadAt != null == isRead);
        }
        var total = request.IncludeTotal ? await own.LongCountAsync(ct) : (long?)null;
        var messages = new List<InboxMessage>();
        foreach (var message in await own.PageNewestFirst(request).ToListAsync(ct))
        {
            messages.Add(await InboxMessage.OfAsync(message, templates));
        }
        return TypedResults.Ok(request.Page(messages, total, message => Cursor.At(message.CreatedAt, message.Id)));
    }
}
