using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Lets a user log in again whom too many failed attempts have locked out.</summary>
/// <remarks>Nothing changes for a user who is not locked. A lock of an address stays; it ends by itself.</remarks>
internal sealed class UnlockUser(IdentityDbContext db, Transactions transactions, Caller caller)
    : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Post("users/{id:guid}/unlock");
        Permissions(IdentityPermission.UsersManage);
    }

    // One statement over the row as it is, because attempts that come meanwhile change the row's version.
    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var organizationId = await db.UsersInReachOf(caller)
            .Where(user => user.Id == id)
            .Select(user => (Guid?)user.OrganizationId)
            .SingleOrDefaultAsync(ct);
        if (organizationId is not { } known)
        {
            return Problem.NotFound;
        }
        caller.ActFor(known, caller.Reference);
        await using var transaction = await transactions.BeginAsync(ct);
        var unlocked = await db
            .Users.Where(user => user.Id == id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(user => user.AccessFailedCount, 0)
                        .SetProperty(user => user.FailuresExpireAt, (DateTimeOffset?)null)
                        .SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null),
                ct
            );
        if (unlocked == 0)
        {
            return Problem.NotFound;
        }
        db.Note(AuditAction.Update, nameof(User), id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
