using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using Lending.Identity.SecondFactors;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Authentication;

/// <summary>Logs in with a passkey alone. It stands for both factors: the device that holds it, and what unlocks it there.</summary>
/// <remarks>Nobody can guess a passkey's answer, so it counts as no attempt, and no lock keeps it out.</remarks>
/// <response code="401">`wrong-second-factor`: the answer is not right. `invalid-challenge`: unknown, used, expired, or without a try left.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class PasskeyLogin(
    Challenges challenges,
    SecondFactorCheck factors,
    Attempts attempts,
    Sessions sessions,
    TimeProvider clock
) : Endpoint<PasskeyLogin.Request, Results<Ok<SessionResponse>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The challenge that the passkey answers.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string Challenge { get; init; } = "";

        /// <summary>What the browser answers to the challenge's `options`: `PublicKeyCredential.toJSON()`.</summary>
        public JsonElement? Passkey { get; init; }

        /// <summary>The token of this device, from the last login on it.</summary>
        /// <example>vJ3kQz8Yw5t0b2Nn6Lx9cR1sD4fG7hA_pE-mU0iOqXk</example>
        public string? DeviceToken { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Challenge).NotEmpty().MaximumLength(Secret.Length);
            RuleFor(request => request.Passkey)
                .Must(passkey => passkey is { ValueKind: JsonValueKind.Object })
                .WithErrorCode("wrong-type")
                .WithMessage("Send what PublicKeyCredential.toJSON() answers.");
            RuleFor(request => request.DeviceToken).MaximumLength(Secret.Length);
        }
    }

    public override void Configure()
    {
        Post("auth/login/passkey");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Ok<SessionResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await challenges.TryAsync(request.Challenge, ChallengePurpose.PasskeyLogin, ct) is not { } challenge)
        {
            return Problem.From(IdentityErrors.InvalidChallenge);
        }
        var user = await factors.UsePasskeyAsync(request.Passkey!.Value, challenge.PasskeyState!, ct);
        if (user is not { Active: true })
        {
            await attempts.FailAsync(user, attempt: null);
            return Problem.From(IdentityErrors.WrongSecondFactorAtLogin);
        }
        return await challenges.EndAsync(challenge, ct)
            ? TypedResults.Ok(await sessions.StartAsync(user, request.DeviceToken, clock.GetStorableNow(), ct))
            : Problem.From(IdentityErrors.InvalidChallenge);
    }
}
