using FastEndpoints;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Suppressions;

/// <summary>Lets mails go to an address again. Those that were not sent in the meantime stay so.</summary>
/// <remarks>That of one of the staff is lifted with the permission `notifications:read-staff` only.</remarks>
/// <response code="409">`concurrent-change`: somebody lifts it at the same time.</response>
internal sealed class LiftSuppression(NotificationsDbContext db, Caller caller) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("mail-suppressions/{id:guid}");
        Permissions(NotificationsPermission.SuppressionsLift);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Suppressions.VisibleTo(caller).SingleOrDefaultAsync(row => row.Id == id, ct) is not { } suppression)
        {
            return Problem.NotFound;
        }
        db.Remove(suppression);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
