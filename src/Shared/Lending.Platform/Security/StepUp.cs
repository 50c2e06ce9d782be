using FastEndpoints;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lending.Platform.Security;

/// <summary>
/// Asks for a second factor of the last ten minutes, where a slice says that it <see cref="StepUpExtensions.NeedsStepUp"/> and the user has one. A caller without
/// an access token, such as a system with a key, has none.
/// </summary>
internal sealed class StepUp(RequestDelegate next, TimeProvider clock)
{
    /// <summary>How long a second factor counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StepUpNeeded>() is not null && IsMissing(context)
            ? Problem
                .Of(
                    StatusCodes.Status403Forbidden,
                    "step-up-required",
                    "Give your second factor again (POST /users/me/step-up), and repeat the request with the token that it answers."
                )
                .ExecuteAsync(context)
            : next(context);

    private bool IsMissing(HttpContext context) =>
        context.User.Identity is CallerIdentity { HasSecondFactor: true } identity
        && !(identity.SecondFactorAt > clock.GetUtcNow() - Lifetime);
}

/// <summary>Marks the endpoints that need a second factor of the last minutes.</summary>
public sealed class StepUpNeeded;

/// <summary>What a slice says in <c>Configure</c>.</summary>
public static class StepUpExtensions
{
    /// <summary>The slice decides on money, or on who may: a user who has a second factor must have given it in the last ten minutes.</summary>
    public static void NeedsStepUp(this BaseEndpoint slice) => slice.Definition.Options(route => route.WithMetadata(new StepUpNeeded()));
}
