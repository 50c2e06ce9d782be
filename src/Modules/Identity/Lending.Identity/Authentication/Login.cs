using FastEndpoints;
using FluentValidation;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Logs in with a user name or an e-mail.</summary>
/// <remarks>Five failures within five minutes lock the account until five minutes after the last one. The answer never tells which accounts exist.</remarks>
/// <response code="401">`invalid-credentials`: no active account has this name and password, or it is locked.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class Login(IdentityDbContext db, PasswordCheck passwords, Sessions sessions)
    : Endpoint<Login.Request, Results<Ok<SessionResponse>, Problem>>
{
    // An e-mail can have an account in several organisations; a limit bounds the hashes computed for one request.
    private const int MaximumCandidates = 5;

    internal sealed class Request
    {
        /// <summary>The user name, or the e-mail.</summary>
        /// <example>max.muster</example>
        public string Username { get; init; } = "";

        /// <summary>The password.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string Password { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Username).NotEmpty().MaximumLength(AccountLimits.MaximumEmailLength);
            RuleFor(request => request.Password).NotEmpty().MaximumLength(PasswordRules.MaximumLength);
        }
    }

    public override void Configure()
    {
        Post("auth/login");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Ok<SessionResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var candidates = await FindCandidatesAsync(Users.User.Normalize(request.Username), ct);
        foreach (var candidate in candidates.DefaultIfEmpty())
        {
            if (await passwords.FitsAsync(candidate, request.Password, ct))
            {
                foreach (var other in candidates.TakeWhile(other => other != candidate))
                {
                    await passwords.ForgiveAsync(other.Id, ct);
                }
                return TypedResults.Ok(await sessions.StartAsync(candidate!, ct));
            }
        }
        return Problem.From(IdentityErrors.InvalidCredentials);
    }

    // An @ tells e-mails from user names, which never have one.
    private Task<List<User>> FindCandidatesAsync(string nameOrEmail, CancellationToken ct)
    {
        var named = nameOrEmail.Contains('@', StringComparison.Ordinal)
            ? db.Users.Where(user => user.NormalizedEmail == nameOrEmail)
            : db.Users.Where(user => user.NormalizedUserName == nameOrEmail);
        return named
            .IgnoreQueryFilters()
            .Where(user => user.PasswordHash != null)
            .OrderBy(user => user.CreatedAt)
            .Take(MaximumCandidates)
            .AsNoTracking()
            .ToListAsync(ct);
    }
}
