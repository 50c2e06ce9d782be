using FastEndpoints;
using FluentValidation;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>
/// Mails the customer a code with which they accept an approved loan offer: logged in, or with the token of a link. It works for 15 minutes, together with
/// the `codeSession` of this answer; the code before stops working.
/// </summary>
/// <remarks>Where the organisation's `acceptanceNeedsCode` is set, nobody accepts without one. Elsewhere it may be given.</remarks>
/// <response code="401">`unauthenticated`: neither logged in nor with a token.</response>
/// <response code="403">`forbidden`: logged in, but not as the customer.</response>
/// <response code="404">`not-found`: no such offer of this customer. `link-invalid`: the link does not work, or not any more.</response>
/// <response code="409">
/// `offer-not-approved`: not approved yet, or answered already. `offer-expired`: it was valid until `validUntil`. `too-many-codes`: ten were mailed in a day.
/// </response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class SendCode(CustomerVoice voice, MailedCodes codes, MailedSecrets secrets)
    : Endpoint<SendCode.Request, Results<Accepted<SendCode.MailedCode>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The token of the link; leave it out when logged in as the customer.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string? LinkToken { get; init; }
    }

    internal sealed record MailedCode
    {
        /// <summary>What has to be sent with the code, by whoever asked for it: so a code that somebody else was told is of no use to them.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public required string CodeSession { get; init; }

        /// <summary>The code itself: only in Development, where `Invitations__AnswerWithToken` allows it; else null.</summary>
        /// <example>042517</example>
        public required string? Code { get; init; }

        /// <summary>When it stops working.</summary>
        /// <example>2026-12-05T09:45:00Z</example>
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.LinkToken).MaximumLength(Secret.Length);
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/code");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Accepted<MailedCode>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await voice.FindRefusalAsync(id, request.LinkToken, ct) is { } refusal)
        {
            return Problem.From(refusal);
        }
        var session = Secret.New();
        var (sent, error) = await codes.SendAsync(id, session, ct);
        if (sent is null)
        {
            return Problem.From(error!);
        }
        var answer = secrets.Answer(sent.Digits, sent.ExpiresAt);
        return TypedResults.Accepted(
            (string?)null,
            new MailedCode
            {
                CodeSession = session,
                Code = answer.Token,
                ExpiresAt = answer.ExpiresAt,
            }
        );
    }
}
