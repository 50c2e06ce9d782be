using System.Security.Cryptography;
using FastEndpoints;
using FluentValidation;
using Lending.Identity.Authentication;
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

/// <summary>Ends a login at the organisation's identity provider, and starts a session.</summary>
/// <remarks>The member of staff has to be there before, active, with the e-mail that the provider has verified. The answer never tells what was wrong.</remarks>
/// <response code="401">`invalid-sign-on`: this login does not work, for whatever reason. Start a new one.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class FinishSignOn(
    IdentityDbContext db,
    OidcClient oidc,
    ClientSecrets secrets,
    Attempts attempts,
    Sessions sessions,
    PublicUrl publicUrl,
    TimeProvider clock
) : Endpoint<FinishSignOn.Request, Results<Ok<SessionResponse>, Problem>>
{
    private const int MaximumCodeLength = 4000;

    internal sealed class Request
    {
        /// <summary>What the provider gave back.</summary>
        /// <example>SplxlOBeZQQYbYS6WxSbIA</example>
        public string Code { get; init; } = "";

        /// <summary>What the provider gave back, too.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA0</example>
        public string State { get; init; } = "";

        /// <summary>What `POST /auth/oidc/start` answered to this browser.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yB1</example>
        public string LoginToken { get; init; } = "";

        /// <summary>The token of this device, from the last login on it.</summary>
        /// <example>vJ3kQz8Yw5t0b2Nn6Lx9cR1sD4fG7hA_pE-mU0iOqXk</example>
        public string? DeviceToken { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Code).NotEmpty().MaximumLength(MaximumCodeLength);
            RuleFor(request => request.State).NotEmpty().MaximumLength(Secret.Length);
            RuleFor(request => request.LoginToken).NotEmpty().MaximumLength(Secret.Length);
            RuleFor(request => request.DeviceToken).MaximumLength(Secret.Length);
        }
    }

    public override void Configure()
    {
        Post("auth/oidc/callback");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Ok<SessionResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var signOn = await TakeAsync(request.State, ct);
        if (signOn is null || await FindUserAsync(signOn, request, ct) is not { } user)
        {
            await attempts.FailAsync(user: null, attempt: null, signOn?.OrganizationId);
            return Problem.From(SignOnErrors.InvalidSignOn);
        }
        return TypedResults.Ok(await sessions.StartAsync(user, request.DeviceToken, secondFactorAt: null, ct));
    }

    // Deleted before anything is asked of it: of two who come with the same state, one finds it.
    private async Task<SignOn?> TakeAsync(string state, CancellationToken ct) =>
        (
            await db
                .SignOns.FromSql($"DELETE FROM identity.sign_ons WHERE state_hash = {Secret.Hash(state)} RETURNING *")
                .OfEveryOrganization()
                .AsNoTracking()
                .ToListAsync(ct)
        ).SingleOrDefault();

    private async Task<User?> FindUserAsync(SignOn signOn, Request request, CancellationToken ct)
    {
        if (
            signOn.ExpiresAt <= clock.GetStorableNow()
            || !CryptographicOperations.FixedTimeEquals(signOn.LoginTokenHash, Secret.Hash(request.LoginToken))
        )
        {
            return null;
        }
        var provider = await db
            .IdentityProviders.OfEveryOrganization()
            .Include(row => row.Domains)
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.OrganizationId == signOn.OrganizationId && row.Active, ct);
        if (provider is null || secrets.Reveal(provider.ProtectedClientSecret) is not { } clientSecret)
        {
            return null;
        }
        var email = await oidc.FindVerifiedEmailAsync(provider, clientSecret, signOn, request.Code, RedirectUri.Of(publicUrl), ct);
        if (email is null || !provider.AnswersFor(email))
        {
            return null;
        }
        var normalizedEmail = Users.User.Normalize(email);
        return await db
            .Users.OfEveryOrganization()
            .Where(user => user.OrganizationId == provider.OrganizationId && user.NormalizedEmail == normalizedEmail)
            .Where(user => user.Active && user.Role != Role.Customer)
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
    }
}
