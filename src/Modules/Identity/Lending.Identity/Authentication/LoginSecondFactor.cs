using FastEndpoints;
using FluentValidation;
using Lending.Identity.Data;
using Lending.Identity.SecondFactors;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>The second step of a login: gives the second factor, and starts the session.</summary>
/// <remarks>A challenge has five tries in five minutes. A wrong second factor counts as a failed login.</remarks>
/// <response code="401">
/// `wrong-second-factor`: it is wrong, was used, or too many attempts failed lately. `invalid-challenge`: unknown, used, expired, or without a try left;
/// log in again.
/// </response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class LoginSecondFactor(
    IdentityDbContext db,
    Challenges challenges,
    Attempts attempts,
    SecondFactorCheck factors,
    Sessions sessions,
    TimeProvider clock
) : Endpoint<LoginSecondFactor.Request, Results<Ok<SessionResponse>, Problem>>
{
    internal sealed record Request : SecondFactorProof
    {
        /// <summary>What the login answered.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string Challenge { get; init; } = "";

        /// <summary>The token of this device, as sent to the login.</summary>
        /// <example>vJ3kQz8Yw5t0b2Nn6Lx9cR1sD4fG7hA_pE-mU0iOqXk</example>
        public string? DeviceToken { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new SecondFactorProof.Rules());
            RuleFor(request => request.Challenge).NotEmpty().MaximumLength(Secret.Length);
            RuleFor(request => request.DeviceToken).MaximumLength(Secret.Length);
        }
    }

    public override void Configure()
    {
        Post("auth/login/second-factor");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Ok<SessionResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await challenges.TryAsync(request.Challenge, ChallengePurpose.Login, ct) is not { } challenge)
        {
            return Problem.From(IdentityErrors.InvalidChallenge);
        }
        var user = await db
            .Users.OfEveryOrganization()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == challenge.UserId && row.Active && row.AccessVersion == challenge.AccessVersion, ct);
        if (user is null)
        {
            return Problem.From(IdentityErrors.InvalidChallenge);
        }
        var attempt = await attempts.BeginAsync(user.Id, request.DeviceToken, ct);
        // What was counted is looked at and told, also where the client hangs up meanwhile.
        if (!attempt.IsAdmitted || !await factors.FitsAsync(user, request, challenge.PasskeyState, CancellationToken.None))
        {
            await attempts.FailAsync(user, attempt);
            return Problem.From(IdentityErrors.WrongSecondFactorAtLogin);
        }
        if (!await challenges.EndAsync(challenge, ct))
        {
            return Problem.From(IdentityErrors.InvalidChallenge);
        }
        await attempts.SucceedAsync(attempt, ct);
        return TypedResults.Ok(await sessions.StartAsync(user, request.DeviceToken, clock.GetStorableNow(), ct));
    }
}
