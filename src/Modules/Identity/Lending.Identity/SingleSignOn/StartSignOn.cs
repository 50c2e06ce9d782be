using FastEndpoints;
using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.SingleSignOn;

/// <summary>Begins a login at the identity provider of the e-mail's organisation.</summary>
/// <remarks>
/// Keep `loginToken` in the browser that asked, and send that browser to `authorizationUrl`. The provider sends it back to the page
/// `/login/callback` with `code` and `state`, for `POST /auth/oidc/callback`. It says which domains have a provider, and nothing of accounts.
/// </remarks>
/// <response code="400">`validation-failed`: all wrong fields at once. `no-identity-provider`: nobody logs in elsewhere with such an e-mail.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
/// <response code="503">`identity-provider-unreachable`: it does not answer. `busy`: too many requests wait already.</response>
internal sealed class StartSignOn(IdentityDbContext db, OidcClient oidc, PublicUrl publicUrl, Caller caller, TimeProvider clock)
    : Endpoint<StartSignOn.Request, Results<Ok<StartSignOn.Started>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The e-mail of who wants to log in; its domain finds the provider.</summary>
        /// <example>erika@example.org</example>
        public string Email { get; init; } = "";
    }

    internal sealed class Started
    {
        /// <summary>Where to send the browser.</summary>
        /// <example>https://login.example.org/authorize?client_id=lending&amp;response_type=code</example>
        public required string AuthorizationUrl { get; init; }

        /// <summary>Works once, for ten minutes, and only together with what the provider gives back to this browser.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yB1</example>
        public required string LoginToken { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Email).Email();
    }

    public override void Configure()
    {
        Post("auth/oidc/start");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Ok<Started>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var domain = EmailDomain.Of(request.Email);
        var provider = await db
            .IdentityProviders.OfEveryOrganization()
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.Active && row.Domains.Any(bound => bound.Name == domain), ct);
        if (provider is null)
        {
            return Problem.From(SignOnErrors.NoIdentityProvider);
        }
        var now = clock.GetStorableNow();
        var (state, loginToken) = (Secret.New(), Secret.New());
        var signOn = new SignOn(
            Secret.Hash(state),
            Secret.Hash(loginToken),
            provider.OrganizationId,
            nonce: Secret.New(),
            codeVerifier: Secret.New(),
            now + SignOn.Lifetime
        );
        var url = await oidc.CreateAuthorizationUrlAsync(provider, signOn, state, request.Email, RedirectUri.Of(publicUrl), ct);
        if (url is null)
        {
            return Problem.Of(
                StatusCodes.Status503ServiceUnavailable,
                "identity-provider-unreachable",
                "The organisation's identity provider does not answer as it should."
            );
        }
        await db.SignOns.OfEveryOrganization().Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        caller.ActFor(provider.OrganizationId, UserReference.System);
        db.Add(signOn);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Started { AuthorizationUrl = url, LoginToken = loginToken });
    }
}
