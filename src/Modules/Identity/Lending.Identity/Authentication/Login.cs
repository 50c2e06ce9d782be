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
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Logs in with a user name or an e-mail.</summary>
/// <remarks>
/// Five failures lock the account for 15 minutes, and each further five for twice as long, up to a day; many failures lock the address. A device that
/// the user has logged in on before, shown by its token, is let in all the same. The answer never tells which accounts exist.
/// </remarks>
/// <response code="202">The password is right, and the account has a second factor: give it to `POST /auth/login/second-factor`.</response>
/// <response code="401">`invalid-credentials`: no active account has this name and password, it is locked, or its e-mail is not confirmed.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class Login(
    IdentityDbContext db,
    Attempts attempts,
    PasswordCheck passwords,
    Sessions sessions,
    PasskeyChallenges challenges,
    SelfRegistration registration
) : Endpoint<Login.Request, Results<Ok<SessionResponse>, Accepted<SecondFactorChallenge>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The user name, or the e-mail.</summary>
        /// <example>max.muster</example>
        public string Username { get; init; } = "";

        /// <summary>The password.</summary>
        /// <example>violet-harbour-47-kites</example>
        public string Password { get; init; } = "";

        /// <summary>The token of this device, from the last login on it.</summary>
        /// <example>vJ3kQz8Yw5t0b2Nn6Lx9cR1sD4fG7hA_pE-mU0iOqXk</example>
        public string? DeviceToken { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Username).NotEmpty().MaximumLength(AccountLimits.MaximumEmailLength);
            RuleFor(request => request.Password).NotEmpty().MaximumLength(PasswordRules.MaximumLength);
            RuleFor(request => request.DeviceToken).MaximumLength(Secret.Length);
        }
    }

    public override void Configure()
    {
        Post("auth/login");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Ok<SessionResponse>, Accepted<SecondFactorChallenge>, Problem>> ExecuteAsync(
        Request request,
        CancellationToken ct
    )
    {
        var candidates = await FindCandidatesAsync(Users.User.Normalize(request.Username), ct);
        var missed = new List<(User? User, Attempt Attempt)>();
        foreach (var candidate in candidates.DefaultIfEmpty())
        {
            // Not ended by a client that hangs up: the failures of the candidates before would not be told.
            var attempt = await attempts.BeginAsync(candidate?.Id ?? Guid.Empty, request.DeviceToken, CancellationToken.None);
            if (await passwords.FitsAsync(candidate, attempt, request.Password, ct))
            {
                // Accounts in other organisations that have the same e-mail and were not meant.
                foreach (var (_, other) in missed)
                {
                    await attempts.ForgiveAsync(other, ct);
                }
                if (candidate!.TwoFactorEnabled)
                {
                    // The failures before it stay: else whoever knows the password could guess codes without end.
                    await attempts.ForgiveAsync(attempt, ct);
                    return TypedResults.Accepted((string?)null, await challenges.StartLoginAsync(candidate, ct));
                }
                await attempts.SucceedAsync(attempt, ct);
                return TypedResults.Ok(await sessions.StartAsync(candidate, request.DeviceToken, secondFactorAt: null, ct));
            }
            missed.Add((candidate, attempt));
        }
        foreach (var (candidate, attempt) in missed)
        {
            await attempts.FailAsync(candidate, attempt);
        }
        return Problem.From(IdentityErrors.InvalidCredentials);
    }

    // An @ tells e-mails from user names, which never have one.
    private Task<List<User>> FindCandidatesAsync(string nameOrEmail, CancellationToken ct)
    {
        var named = nameOrEmail.Contains('@', StringComparison.Ordinal)
            ? db.Users.Where(user => user.NormalizedEmail == nameOrEmail)
            : db.Users.Where(user => user.NormalizedUserName == nameOrEmail);
        var mustBeConfirmed = registration.RequiresConfirmedEmail;
        return named
            .OfEveryOrganization()
            .Where(user => user.PasswordHash != null && (user.EmailConfirmed || !mustBeConfirmed))
            .OrderBy(user => user.CreatedAt)
            .Take(AccountLimits.MostAccountsOfAnEmail)
            .AsNoTracking()
            .ToListAsync(ct);
    }
}
