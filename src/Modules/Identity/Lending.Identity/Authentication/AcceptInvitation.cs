using FastEndpoints;
using FluentValidation;
using Lending.Identity.Users;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity.Authentication;

/// <summary>Sets the first password of an account to which somebody was invited, and logs in.</summary>
/// <response code="409">`username-taken`: somebody has this user name. `concurrent-change`: the invitation was just used.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class AcceptInvitation(
    AccountTokens tokens,
    IPasswordHasher<User> hasher,
    Sessions sessions,
    Caller caller,
    TimeProvider clock
) : Endpoint<AcceptInvitation.Request, Results<Ok<SessionResponse>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The token of the invitation.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string Token { get; init; } = "";

        /// <summary>The wished login name; leave it out to keep the one that was made up.</summary>
        /// <example>max.muster</example>
        public string? Username { get; init; }

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
            RuleFor(request => request.Token).NotEmpty().MaximumLength(Secret.Length);
            RuleFor(request => request.Username!).Username().When(request => request.Username is not null);
            this.NewPassword(request => request.Password, request => request.PasswordConfirm, request => request.Username, _ => null);
        }
    }

    public override void Configure()
    {
        Post("auth/invitations/accept");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Ok<SessionResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await tokens.TakeAsync(request.Token, AccountTokenPurpose.Invitation, ct) is not { User: var user })
        {
            return Problem.From(IdentityErrors.InvalidInvitation);
        }
        var username = request.Username ?? user.UserName!;
        // A validator cannot check this: the e-mail stands in the account.
        if (PasswordRules.Check(request.Password, username, user.Email) is { Count: > 0 } broken)
        {
            return Problem.From(broken);
        }
        caller.ActFor(user.OrganizationId, user.Reference);
        user.AcceptInvitation(username, hasher.HashPassword(user, request.Password), clock.GetStorableNow());
        return TypedResults.Ok(await sessions.StartAsync(user, deviceToken: null, secondFactorAt: null, ct));
    }
}
