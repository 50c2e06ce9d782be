using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Reads a user of the caller's organisation; the platform's administrators read those of every organisation.</summary>
internal sealed class GetUser(IdentityDbContext db, Caller caller) : EndpointWithoutRequest<Results<Ok<UserResponse>, Problem>>
{
    public override void Configure()
    {
        Get("users/{id:guid}");
        Permissions(IdentityPermission.UsersManage);
        this.TellsOfPersons<UserResponse>(nameof(User), user => user.Id, user => user.CustomerId);
    }

    public override async Task<Results<Ok<UserResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var user = await db.UsersInReachOf(caller).Where(row => row.Id == id).ProjectToType<UserResponse>().SingleOrDefaultAsync(ct);
        if (user is null)
        {
            return Problem.NotFound;
        }
        // The audit log of the user's organisation learns of it.
        caller.ActFor(user.OrganizationId, caller.Reference);
        HttpContext.SetETag(user.RowVersion);
        return TypedResults.Ok(user);
    }
}
