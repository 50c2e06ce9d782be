using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Organizations;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Users;

/// <summary>Lists the users of the caller's organisation, newest first.</summary>
/// <response code="403">`forbidden`: the caller's role does not permit this. `other-organization`: only the platform's administrators name another organisation.</response>
internal sealed class ListUsers(OrganizationSql sql, Caller caller) : Endpoint<ListUsers.Request, Results<Ok<Page<UserResponse>>, Problem>>
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
        this.TellsOfPersons<UserResponse>(nameof(User), user => user.Id, user => user.CustomerId);
    }

    public override async Task<Results<Ok<Page<UserResponse>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var organizationId = request.OrganizationId ?? caller.OrganizationId;
        if (organizationId != caller.OrganizationId)
        {
            if (!caller.IsPlatformAdministrator())
            {
                return Problem.From(IdentityErrors.OtherOrganization);
            }
            caller.ActFor(organizationId, caller.Reference);
        }
        var filters = new SqlFilters()
            .Add(request.Role?.ToString().ToUpperInvariant(), role => $"role = {role}")
            // Written out and not a parameter: PostgreSQL uses the index of inactive users only where the statement says NOT active.
            .Add(
                request.Active,
                active =>
                    active switch
                    {
                        true => $"active",
                        false => $"NOT active",
                    }
            )
            .Add(Pattern(request.Search), pattern => $"(normalized_username LIKE {pattern} OR normalized_email LIKE {pattern})")
            .Add(request.CustomerId, id => $"customer_id = {id}");
        FormattableString matching = $"FROM identity.users WHERE {sql.OfCaller($"customer_id")}{filters.Conditions}";
        var total = request.IncludeTotal ? await sql.ReadAsync($"SELECT count(*) {matching}", row => row.GetInt64(0), ct) : null;
        var users = await sql.ReadAsync(
            $"SELECT {UserResponse.Columns} {matching}{NewestFirst.PageOf(request)}",
            UserResponse.Read,
            ct,
            planForValues: filters.Any
        );
        return TypedResults.Ok(request.Page(users, total?.Single(), user => Cursor.At(user.CreatedAt, user.Id)));
    }

    private static string? Pattern(string? search) =>
        string.IsNullOrEmpty(search) ? null : $"%{SqlFilters.Literally(Users.User.Normalize(search))}%";
}
