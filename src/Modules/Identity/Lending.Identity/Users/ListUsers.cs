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

/// <summary>Lists the users of the caller's organisation, newest first.</summary>
/// <response code="403">`forbidden`: the caller's role does not permit this. `other-organization`: only the platform's administrators name another organisation.</response>
internal sealed class ListUsers(IdentityDbContext db, Caller caller) : Endpoint<ListUsers.Request, Results<Ok<Page<UserResponse>>, Problem>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only users of this role.</summary>
        public Role? Role { get; init; }

        /// <summary>Only active, or only deactivated users.</summary>
        public bool? Active { get; init; }

        /// <summary>Only users with this text in user name or e-mail.</summary>
        public string? Search { get; init; }

        /// <summary>Only the account of this customer.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>The users of another organisation, for the platform's administrators.</summary>
        public Guid? OrganizationId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new PageRequestValidator(_ => Cursor.NewestFirst));
            RuleFor(request => request.Search).MaximumLength(AccountLimits.MaximumEmailLength);
        }
    }

    public override void Configure()
    {
        Get("users");
        Permissions(IdentityPermission.UsersManage);
    }

    public override async Task<Results<Ok<Page<UserResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var organizationId = request.OrganizationId ?? caller.OrganizationId;
        if (organizationId != caller.OrganizationId && !User.IsPlatformAdministrator())
        {
            return Problem.From(IdentityErrors.OtherOrganization);
        }
        var users = Filter(db.UsersInReachOf(User).Where(user => user.OrganizationId == organizationId), request);
        var total = request.IncludeTotal ? await users.LongCountAsync(ct) : (long?)null;
        // How many users fit the filters depends on their values.
        var rows = await users.PageNewestFirst(request).TagWith(OwnPlan.Tag).ProjectToType<UserResponse>().ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, user => Cursor.At(user.CreatedAt, user.Id)));
    }

    private static IQueryable<User> Filter(IQueryable<User> users, Request request)
    {
        if (request.Role is { } role)
        {
            users = users.Where(user => user.Role == role);
        }
        if (request.Active is { } active)
        {
            // Two conditions rather than a parameter: the index of the inactive ones is found by the text.
            users = active ? users.Where(user => user.Active) : users.Where(user => !user.Active);
        }
        if (!string.IsNullOrEmpty(request.Search))
        {
            var text = Users.User.Normalize(request.Search);
            users = users.Where(user => user.NormalizedUserName!.Contains(text) || user.NormalizedEmail!.Contains(text));
        }
        if (request.CustomerId is { } customerId)
        {
            users = users.Where(user => user.CustomerId == customerId);
        }
        return users;
    }
}
