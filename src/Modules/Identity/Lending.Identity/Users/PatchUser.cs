using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.Users.PermissionGroups;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Changes a user's role or permission group, or activates or deactivates the user.</summary>
/// <remarks>A new role, a new group and a deactivation end the user's sessions; tokens stop working within 30 seconds.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `unknown-permission-group`, or `no-group-for-role`: only installers and underwriters
/// are in groups; `malformed-json`.
/// </response>
/// <response code="409">`own-account`: nobody deactivates themselves or changes their own role. `customer-account`: a customer's account cannot become staff. `last-administrator`: the organisation would have no active administrator.</response>
/// <response code="412">`precondition-failed`: the user was changed since the version in `If-Match`.</response>
internal sealed class PatchUser(IdentityDbContext db, Transactions transactions, OrganizationSql sql, Caller caller, TimeProvider clock)
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

        /// <summary>The permission group that says which of the role's permissions the user has; null: all of them.</summary>
        public required Guid? PermissionGroupId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Role).IsInEnum();
    }

    public override void Configure()
    {
        Patch("users/{id:guid}");
        Permissions(IdentityPermission.UsersManage);
        this.TellsOfPersons<UserResponse>(nameof(User), user => user.Id, user => user.CustomerId);
        this.NeedsStepUp();
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
        if (!request.TryApply(CurrentOf(user), Rules, out var patched, out var problem))
        {
            return problem;
        }
        if (user.Id == caller.UserId && (patched.Role != user.Role || !patched.Active))
        {
            return Problem.From(IdentityErrors.OwnAccount);
        }
        if (patched.PermissionGroupId is not null && !PermissionGroup.IsFor(patched.Role))
        {
            return Problem.From([IdentityErrors.NoGroupForRole]);
        }
        if (user.CustomerId is not null && patched.Role != Role.Customer)
        {
            return Problem.From(IdentityErrors.CustomerAccount);
        }
        caller.ActFor(user.OrganizationId, caller.Reference);
        await using var transaction = await transactions.BeginAsync(ct);
        if (user.IsAdministrator && (patched.Role != Role.Admin || !patched.Active) && !await HasOtherAdministratorAsync(id, ct))
        {
            return Problem.From(IdentityErrors.LastAdministrator);
        }
        if (
            patched.PermissionGroupId is { } groupId
            && groupId != user.PermissionGroupId
            && !await db.PermissionGroups.AnyAsync(group => group.Id == groupId, ct)
        )
        {
            return Problem.From([IdentityErrors.UnknownGroup]);
        }
        if (user.Change(patched.Role, patched.Active, patched.PermissionGroupId, clock.GetStorableNow()) is { } revocation)
        {
            db.Add(revocation);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        HttpContext.SetETag(user.RowVersion);
        return TypedResults.Ok(user.Adapt<UserResponse>());
    }

    private static Request CurrentOf(Users.User user) =>
        new()
        {
            Role = user.Role,
            Active = user.Active,
            PermissionGroupId = user.PermissionGroupId,
        };

    // Who was invited and has not come yet is none. All are locked: of two who deactivate each other, the second waits here, and then finds that they are the last one.
    private async Task<bool> HasOtherAdministratorAsync(Guid id, CancellationToken ct)
    {
        var administrators = await sql.ReadAsync(
            $"SELECT id FROM identity.users WHERE {sql.OfOrganization} AND role = 'ADMIN' AND active AND password_hash IS NOT NULL ORDER BY id FOR NO KEY UPDATE",
            row => row.GetGuid(0),
            ct
        );
        return administrators.Exists(other => other != id);
    }
}
