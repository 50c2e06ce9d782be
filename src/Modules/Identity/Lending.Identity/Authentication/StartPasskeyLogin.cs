using FastEndpoints;
using Lending.Identity.SecondFactors;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Authentication;

/// <summary>Starts a login with a passkey alone, without user name and password.</summary>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class StartPasskeyLogin(PasskeyChallenges challenges) : EndpointWithoutRequest<Ok<PasskeyChallenge>>
{
    public override void Configure()
    {
        Post("auth/login/passkey/challenge");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Ok<PasskeyChallenge>> ExecuteAsync(CancellationToken ct) =>
        TypedResults.Ok(await challenges.StartProofAsync(ChallengePurpose.PasskeyLogin, user: null, ct));
}
