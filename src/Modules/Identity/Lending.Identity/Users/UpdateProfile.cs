using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Replaces user name and e-mail of the caller's own account.</summary>
/// <response code="409">`username-taken`: somebody has this user name. `email-taken`: somebody in the organisation has this e-mail.</response>
/// <response code="412">`precondition-failed`: the account was changed since the version in `If-Match`.</response>
internal sealed class UpdateProfile(IdentityDbContext db, Caller caller, TimeProvider clock)
    : Endpoint<ProfileRequest, Results<Ok<UserResponse>, Problem>>
{
    public override void Configure()
    {
        Put("users/me");
        Permissions(IdentityPermission.OwnAccount);
    }

    public override async Task<Results<Ok<UserResponse>, Problem>> ExecuteAsync(ProfileRequest request, CancellationToken ct)
    {
        var user = await db.Users.SingleOrDefaultAsync(row => row.Id == caller.UserId, ct);
        if (user is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(user.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        user.Rename(request.Username, request.Email, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(user.RowVersion);
        return TypedResults.Ok(user.Adapt<UserResponse>());
    }
}
