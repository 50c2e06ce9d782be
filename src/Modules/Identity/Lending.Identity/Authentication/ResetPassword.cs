using FastEndpoints;
using FluentValidation;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity.Authentication;

/// <summary>Sets a new password with the link of a mail, and ends all sessions: log in with it.</summary>
/// <response code="409">`concurrent-change`: the link was just used.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class ResetPassword(
    IdentityDbContext db,
    AccountTokens tokens,
    AccountMail mail,
    Sessions sessions,
    IPasswordHasher<User> hasher,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
) : Endpoint<ResetPassword.Request, Results<NoContent, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The secret of the link.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string Token { get; init; } = "";

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
            this.NewPassword(request => request.Password, request => request.PasswordConfirm, _ => null, _ => null);
        }
    }

    public override void Configure()
    {
        Post("auth/password-reset/confirmation");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await tokens.TakeAsync(request.Token, AccountTokenPurpose.PasswordReset, ct) is not { User: var user })
        {
            return Problem.From(IdentityErrors.InvalidToken);
        }
        // A validator cannot check this: name and e-mail stand in the account.
        if (PasswordRules.Check(request.Password, user.UserName, user.Email) is { Count: > 0 } broken)
        {
            return Problem.From(broken);
        }
        caller.ActFor(user.OrganizationId, user.Reference);
        await using var transaction = await transactions.BeginAsync(ct);
        db.Add(user.ResetPassword(hasher.HashPassword(user, request.Password), clock.GetStorableNow()));
        await db.SaveChangesAsync(ct);
        await sessions.EndAllAsync(user.Id, ct);
        await mail.SendAsync(user, Message.PasswordChanged(user.Email!, user.UserName!), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
