using FastEndpoints;
using Lending.Identity.Organizations;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity.Authentication;

/// <summary>Makes an account with the role CUSTOMER in the default organisation.</summary>
/// <response code="409">`username-taken`: somebody has this user name. `email-taken`: somebody in the organisation has this e-mail.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class Register(UserManager<User> users, Caller caller, TimeProvider clock)
    : Endpoint<Register.Request, Results<Created<UserResponse>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The login name: 3 to 50 letters a to z, digits, dots, hyphens and underscores. Unique, whatever the case.</summary>
        /// <example>max.muster</example>
        public string Username { get; init; } = "";

        /// <summary>The e-mail; one can log in with it too.</summary>
        /// <example>max@example.org</example>
        public string Email { get; init; } = "";

        /// <summary>12 to 128 characters; not common, not digits alone, not like the user name or e-mail.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string Password { get; init; } = "";

        /// <summary>The password again.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string PasswordConfirm { get; init; } = "";
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
        Post("auth/register");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Created<UserResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var user = new Users.User(Guid.CreateVersion7(now), request.Username, request.Email, Role.Customer, Organization.DefaultId, now);
        caller.ActFor(user.OrganizationId, user.Reference);
        var result = await users.CreateAsync(user, request.Password);
        return result.Succeeded ? TypedResults.Created("/api/v1/users/me", user.Adapt<UserResponse>()) : Problem.From(result.ToErrors());
    }
}
