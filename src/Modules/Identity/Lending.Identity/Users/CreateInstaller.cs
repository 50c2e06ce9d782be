using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.Passwords;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Makes the account of an installer in the caller's organisation.</summary>
/// <response code="403">`forbidden`: the caller's role does not permit this. `other-organization`: only the platform's administrators name another organisation.</response>
/// <response code="409">`username-taken`: somebody has this user name. `email-taken`: somebody in the organisation has this e-mail.</response>
internal sealed class CreateInstaller(IdentityDbContext db, UserManager<User> users, Caller caller, TimeProvider clock)
    : Endpoint<CreateInstaller.Request, Results<Created<UserResponse>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The login name: 3 to 50 letters a to z, digits, dots, hyphens and underscores. Unique, whatever the case.</summary>
        /// <example>erika.installer</example>
        public string Username { get; init; } = "";

        /// <summary>The e-mail; one can log in with it too.</summary>
        /// <example>erika@example.org</example>
        public string Email { get; init; } = "";

        /// <summary>12 to 128 characters; not common, not digits alone, not like the user name or e-mail.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string Password { get; init; } = "";

        /// <summary>The password again.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string PasswordConfirm { get; init; } = "";

        /// <summary>Another organisation, for the platform's administrators; everybody else leaves it out.</summary>
        /// <example>01900000-0000-7000-8000-000000000001</example>
        public Guid? OrganizationId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Username).Username();
            RuleFor(request => request.Email).Email();
            this.NewPassword(
                request => request.Password,
                request => request.PasswordConfirm,
                request => request.Username,
                request => request.Email
            );
        }
    }

    public override void Configure()
    {
        Post("users/installers");
        Permissions(Permission.InstallersCreate);
    }

    public override async Task<Results<Created<UserResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var organizationId = request.OrganizationId ?? caller.OrganizationId;
        if (organizationId != caller.OrganizationId)
        {
            if (!User.IsPlatformAdministrator())
            {
                return Problem.From(IdentityErrors.OtherOrganization);
            }
            if (!await db.Organizations.AnyAsync(organization => organization.Id == organizationId, ct))
            {
                return Problem.From(IdentityErrors.UnknownOrganization);
            }
            caller.ActFor(organizationId, caller.Reference);
        }
        var now = clock.GetStorableNow();
        var user = new Users.User(Guid.CreateVersion7(now), request.Username, request.Email, Role.Installer, organizationId, now);
        var result = await users.CreateAsync(user, request.Password);
        return result.Succeeded
            ? TypedResults.Created($"/api/v1/users/{user.Id}", UserResponse.From(user))
            : Problem.From(result.ToErrors());
    }
}
