using FastEndpoints;
using FluentValidation;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Authentication;

/// <summary>Confirms the e-mail of somebody who signed up, with the link of the mail.</summary>
/// <response code="409">`concurrent-change`: the link was just used.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class ConfirmEmail(IdentityDbContext db, AccountTokens tokens, Caller caller, TimeProvider clock)
    : Endpoint<ConfirmEmail.Request, Results<NoContent, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The secret of the link.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string Token { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(Secret.Length);
    }

    public override void Configure()
    {
        Post("auth/email-confirmation");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await tokens.TakeAsync(request.Token, AccountTokenPurpose.EmailConfirmation, ct) is not { User: var user })
        {
            return Problem.From(IdentityErrors.InvalidToken);
        }
        caller.ActFor(user.OrganizationId, user.Reference);
        user.ConfirmEmail(user.Email!, clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
