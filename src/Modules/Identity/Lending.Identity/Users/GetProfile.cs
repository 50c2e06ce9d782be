using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Reads the caller's own account.</summary>
internal sealed class GetProfile(IdentityDbContext db, Caller caller) : EndpointWithoutRequest<Results<Ok<UserResponse>, Problem>>
{
    public override void Configure()
    {
        Get("users/me");
        Permissions(IdentityPermission.OwnAccount);
    }

    public override async Task<Results<Ok<UserResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var user = await db.Users.Where(row => row.Id == caller.UserId).ProjectToType<UserResponse>().SingleOrDefaultAsync(ct);
        if (user is null)
        {
            return Problem.NotFound;
        }
        HttpContext.SetETag(user.RowVersion);
        return TypedResults.Ok(user);
    }
}
