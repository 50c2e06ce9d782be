using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Authentication;

/// <summary>Ends the session that a refresh token belongs to. The answer is the same for a token that nobody knows.</summary>
internal sealed class Logout(Sessions sessions) : Endpoint<Logout.Request, NoContent>
{
    internal sealed class Request
    {
        /// <summary>A refresh token of the session.</summary>
        /// <example>01938c4e7c1f7a639d6c6f0f5b8b1a20q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6y</example>
        public string RefreshToken { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.RefreshToken).NotEmpty().MaximumLength(Sessions.RefreshTokenLength);
    }

    // Whoever has the refresh token may end its session, also after the access token expired.
    public override void Configure()
    {
        Post("auth/logout");
        AllowAnonymous();
    }

    public override async Task<NoContent> ExecuteAsync(Request request, CancellationToken ct)
    {
        await sessions.EndAsync(request.RefreshToken, ct);
        return TypedResults.NoContent();
    }
}
