using FastEndpoints;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Notifications.Delivery;
using Lending.Notifications.Preferences;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Inbox;

/// <summary>Marks a message to the caller as read. The first time counts.</summary>
internal sealed class ReadMessage(NotificationsDbContext db, MailTemplates templates, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<InboxMessage>, Problem>>
{
    public override void Configure()
    {
        Post("inbox/{id:guid}/read");
        Permissions(NotificationsPermission.InboxOwn);
    }

    public override async Task<Results<Ok<InboxMessage>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (
            await db.Notifications.Where(Notification.To(Person.Of(caller))).SingleOrDefaultAsync(row => row.Id == id, ct)
            is not { } message
        )
        {
            return Problem.NotFound;
        }
        message.Read(clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await InboxMessage.OfAsync(message, templates));
    }
}
