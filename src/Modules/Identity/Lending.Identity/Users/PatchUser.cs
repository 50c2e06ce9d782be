using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Changes a user's role, or activates or deactivates the user.</summary>
/// <remarks>A new role and a deactivation end the user's sessions; tokens stop working within 30 seconds.</remarks>
/// <response code="409">`own-account`: nobody deactivates themselves or changes their own role. `customer-account`: a customer's account cannot become staff.</response>
/// <response code="412">`precondition-failed`: the user was changed since the version in `If-Match`.</response>
internal sealed class PatchUser(IdentityDbContext db, Caller caller, TimeProvider clock)
    : Endpoint<MergePatch<PatchUser.Request>, Results<Ok<UserResponse>, Problem>>
{
    private static readonly Validator Rules = new();

    internal sealed record Request : IPatchable
    {
        /// <summary>ADMIN, INSTALLER, UNDERWRITER or CUSTOMER.</summary>
        /// <example>INSTALLER</example>
        public required Role Role { get; init; }

        /// <summary>Whether the user can log in.</summary>
        /// <example>true</example>
        public required bool Active { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Role).IsInEnum();
    }

    public override void Configure()
    {
        Patch("users/{id:guid}");
        Permissions(IdentityPermission.UsersManage);
    }

    public override async Task<Results<Ok<UserResponse>, Problem>> ExecuteAsync(MergePatch<Request> request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var user = await db.UsersInReachOf(caller).SingleOrDefaultAsync(row => row.Id == id, ct);
        if (user is null)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(user.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (!request.TryApply(new Request { Role = user.Role, Active = user.Active }, Rules, out var patched, out var problem))
        {
            return problem;
        }
        if (user.Id == caller.UserId && (patched.Role != user.Role || !patched.Active))
        {
            return Problem.From(IdentityErrors.OwnAccount);
        }
        if (user.CustomerId is not null && patched.Role != Role.Customer)
        {
            return Problem.From(IdentityErrors.CustomerAccount);
        }
        caller.ActFor(user.OrganizationId, caller.Reference);
        if (user.Change(patched.Role, patched.Active, clock.GetStorableNow()) is { } revocation)
        {
            db.Add(revocation);
        }
        await db.SaveChangesAsync(ct);
        HttpContext.SetETag(user.RowVersion);
        return TypedResults.Ok(user.Adapt<UserResponse>());
    }
}
