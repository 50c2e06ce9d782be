using FastEndpoints;
using FluentValidation;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Authentication;

/// <summary>Exchanges a refresh token for a new access token and a new refresh token.</summary>
/// <remarks>Each refresh token works once. One that is presented again ends the session with all its tokens, because one of the two who have it stole it.</remarks>
/// <response code="401">`invalid-refresh-token`: it is unknown, used or expired, or the session has ended.</response>
internal sealed class RefreshToken(Sessions sessions) : Endpoint<RefreshToken.Request, Results<Ok<SessionResponse>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The newest refresh token of the session.</summary>
        /// <example>01938c4e7c1f7a639d6c6f0f5b8b1a20q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6y</example>
        public string RefreshToken { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.RefreshToken).NotEmpty().MaximumLength(Sessions.RefreshTokenLength);
    }

    public override void Configure()
    {
        Post("auth/token/refresh");
        AllowAnonymous();
    }

    public override async Task<Results<Ok<SessionResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct) =>
        await sessions.ContinueAsync(request.RefreshToken, ct) is { } session
            ? TypedResults.Ok(session)
            : Problem.From(IdentityErrors.InvalidRefreshToken);
}
