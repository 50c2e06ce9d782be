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

/// <summary>Changes user name or e-mail of the caller's own account.</summary>
/// <remarks>A new e-mail holds as soon as the link is used that is mailed there; until then the answer tells the old one.</remarks>
/// <response code="409">`username-taken`: somebody has this user name.</response>
/// <response code="412">`precondition-failed`: the account was changed since the version in `If-Match`.</response>
internal sealed class PatchProfile(IdentityDbContext db, ProfileChange profile, Caller caller)
    : Endpoint<MergePatch<ProfileRequest>, Results<Ok<UserResponse>, Problem>>
{
    private static readonly ProfileRequest.Validator Rules = new();

    public override void Configure()
    {
        Patch("users/me");
        Permissions(IdentityPermission.OwnAccount);
        this.NeedsFreshProof();
    }

    public override async Task<Results<Ok<UserResponse>, Problem>> ExecuteAsync(MergePatch<ProfileRequest> request, CancellationToken ct)
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
        var current = new ProfileRequest { Username = user.UserName!, Email = user.Email! };
        if (!request.TryApply(current, Rules, out var patched, out var problem))
        {
            return problem;
        }
        await profile.ApplyAsync(user, patched, ct);
        HttpContext.SetETag(user.RowVersion);
        return TypedResults.Ok(user.Adapt<UserResponse>());
    }
}
