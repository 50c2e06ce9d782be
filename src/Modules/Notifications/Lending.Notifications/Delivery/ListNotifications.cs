using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Delivery;

/// <summary>Lists the messages that the caller's organisation sent, newest first: to whom, and what became of them.</summary>
/// <remarks>Messages to staff are listed with the permission `notifications:read-staff` only.</remarks>
internal sealed class ListNotifications(NotificationsDbContext db, Caller caller)
    : Endpoint<ListNotifications.Request, Ok<Page<NotificationResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only messages to this customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>Only messages in this state: `QUEUED`, `SENDING`, `SENT`, `FAILED` or `KEPT`.</summary>
        public NotificationStatus? Status { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new PageRequestValidator(_ => Cursor.NewestFirst));
            RuleFor(request => request.Status).IsInEnum();
        }
    }

    public override void Configure()
    {
        Get("notifications");
        Permissions(NotificationsPermission.NotificationsRead);
        this.TellsOfPersons<NotificationResponse>(nameof(Notification), message => message.Id, message => message.CustomerId);
    }

    public override async Task<Ok<Page<NotificationResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var matching = db.Notifications.AsQueryable();
        if (!caller.May(NotificationsPermission.NotificationsReadStaff))
        {
            matching = matching.Where(row => row.CustomerId != null);
        }
        if (request.CustomerId is { } customerId)
        {
            matching = matching.Where(row => row.CustomerId == customerId);
        }
        if (request.Status is { } status)
        {
            matching = matching.Where(row => row.Status == status);
        }
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var rows = await matching.PageNewestFirst(request).ProjectToType<NotificationResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
