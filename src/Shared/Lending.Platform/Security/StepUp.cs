using FastEndpoints;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lending.Platform.Security;

/// <summary>
/// Asks for a second factor of the last ten minutes where the user has one and a slice says that it <see cref="StepUpExtensions.NeedsStepUp"/>; of a user
/// who has none, it asks for a login of the last ten minutes where the slice <see cref="StepUpExtensions.NeedsFreshProof"/>. A caller without an access
/// token, such as a system with a key, has neither.
/// </summary>
internal sealed class StepUp(RequestDelegate next, TimeProvider clock)
{
    /// <summary>How long a proof counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StepUpNeeded>() is { } needed && IsMissing(needed, context)
            ? Problem
                .Of(
                    StatusCodes.Status403Forbidden,
                    "step-up-required",
                    "Give your second factor again (POST /users/me/step-up) or, without one, log in again, and repeat the request with the new token."
                )
                .ExecuteAsync(context)
            : next(context);

    private bool IsMissing(StepUpNeeded needed, HttpContext context) =>
        context.User.Identity is CallerIdentity { ApiKeyId: null } identity
        && (identity.HasSecondFactor || needed.OrLogin)
        && identity.ProvedAt <= clock.GetUtcNow() - Lifetime;
}

/// <summary>Marks the endpoints that need a second factor of the last minutes.</summary>
/// <param name="OrLogin">Whether a user without second factor has to have logged in as lately.</param>
public sealed record StepUpNeeded(bool OrLogin);

/// <summary>What a slice says in <c>Configure</c>.</summary>
public static class StepUpExtensions
{
    /// <summary>The slice decides on money, or on who may: a user who has a second factor must have given it in the last ten minutes.</summary>
    public static void NeedsStepUp(this BaseEndpoint slice) =>
        slice.Definition.Options(route => route.WithMetadata(new StepUpNeeded(OrLogin: false)));

    /// <summary>
    /// The slice changes how its user logs in: as <see cref="NeedsStepUp"/>, and a user who has no second factor must have logged in in the last ten
    /// minutes, so that a stolen session does not become a stolen account.
    /// </summary>
    public static void NeedsFreshProof(this BaseEndpoint slice) =>
        slice.Definition.Options(route => route.WithMetadata(new StepUpNeeded(OrLogin: true)));
}
