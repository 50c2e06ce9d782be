using FastEndpoints;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Suppressions;

/// <summary>Lists the addresses that get no mails of the caller's organisation any more, as one came back for good; newest first.</summary>
/// <remarks>Those of staff are listed with the permission `notifications:read-staff` only.</remarks>
internal sealed class ListSuppressions(NotificationsDbContext db, Caller caller)
    : Endpoint<ListSuppressions.Request, Ok<Page<SuppressionResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only addresses of this customer.</summary>
        public Guid? CustomerId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("mail-suppressions");
        Permissions(NotificationsPermission.NotificationsRead);
    }

    public override async Task<Ok<Page<SuppressionResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var matching = db.Suppressions.VisibleTo(caller);
        if (request.CustomerId is { } customerId)
        {
            matching = matching.Where(row => row.CustomerId == customerId);
        }
        var total = request.IncludeTotal ? await matching.LongCountAsync(ct) : (long?)null;
        var rows = await matching.PageNewestFirst(request).ProjectToType<SuppressionResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.CreatedAt, row.Id)));
    }
}
