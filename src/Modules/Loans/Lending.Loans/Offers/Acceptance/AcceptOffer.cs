using FastEndpoints;
using FluentValidation;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Accepts an approved loan offer, as its customer: logged in, or with the token of a link. What is accepted is frozen.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`. `code-missing`: the organisation wants a code; have one mailed by
/// `POST /loan-offers/{id}/code`. `code-wrong`: not the one that was mailed for this session. `code-expired`: too late, or the sixth try.
/// </response>
/// <response code="401">`unauthenticated`: neither logged in nor with a token.</response>
/// <response code="403">`forbidden`: logged in, but not as the customer.</response>
/// <response code="404">`not-found`: no such offer of this customer. `link-invalid`: the link does not work, or not any more.</response>
/// <response code="409">
/// `offer-not-approved`: not approved yet, or answered already. `offer-expired`: it was valid until `validUntil`.
/// `offer-version-outdated`: version or hash are not those that the offer has now. `concurrent-change`: somebody changed it at the same time.
/// `disclosure-missing`: the customer was not given the pre-contractual information of this very version, or its mail did not arrive. Or what
/// another module objects, by its own code.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class AcceptOffer(OfferSteps steps, CustomerVoice voice, MailedCodes codes, CustomerAnswers answers)
    : Endpoint<AcceptOffer.Request, Results<Ok<OfferResponse>, Problem>>
{
    private const int LongestCode = 20;

    internal sealed record Request
    {
        /// <summary>The customer's name, typed by them; at most 200 characters.</summary>
        /// <example>Ada Berg</example>
        public string? TypedName { get; init; }

        /// <summary>The version that is accepted.</summary>
        /// <example>1</example>
        public int? Version { get; init; }

        /// <summary>The document hash of that version.</summary>
        /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
        public string? DocumentHash { get; init; }

        /// <summary>The code that was mailed; needed where the organisation's `acceptanceNeedsCode` is set.</summary>
        /// <example>042517</example>
        public string? Code { get; init; }

        /// <summary>The `codeSession` of the answer to the request that had it mailed.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string? CodeSession { get; init; }

        /// <summary>The token of the link; leave it out when logged in as the customer.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string? LinkToken { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.TypedName).NotEmpty().MaximumLength(Signature.MaximumNameLength);
            RuleFor(request => request.Version).NotNull();
            RuleFor(request => request.DocumentHash).NotEmpty();
            RuleFor(request => request.Code).MaximumLength(LongestCode);
            RuleFor(request => request.CodeSession).MaximumLength(Secret.Length);
            RuleFor(request => request.CodeSession).NotEmpty().When(request => request.Code is not null);
            RuleFor(request => request.LinkToken).MaximumLength(Secret.Length);
        }
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/accept");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
        this.TakesIdempotencyKey(LinkHolder.FindAsync);
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await voice.FindRefusalAsync(id, request.LinkToken, ct) is { } refusal)
        {
            return Problem.From(refusal);
        }
        GivenCode? given = null;
        if (request.Code is { } code)
        {
            (given, var wrong) = await codes.TryAsync(id, request.CodeSession!, code, ct);
            if (wrong is not null)
            {
                return Problem.From(wrong);
            }
        }
        var signature = new Signature
        {
            TypedName = request.TypedName!,
            Version = request.Version!.Value,
            DocumentHash = request.DocumentHash!,
            OverLink = voice.IsLink,
            Code = given,
            Language = HttpContext.Request.Headers.AcceptLanguage is [{ Length: > 0 } languages, ..] ? languages : null,
            IpAddress = Signature.AddressOf(HttpContext),
            UserAgent = Signature.UserAgentOf(HttpContext),
        };
        return await steps.MoveAsync(HttpContext, id, offer => answers.AcceptAsync(offer, signature, ct), ct);
    }
}
