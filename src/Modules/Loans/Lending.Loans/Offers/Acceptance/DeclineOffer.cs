using FastEndpoints;
using FluentValidation;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Declines an approved loan offer, as its customer: logged in, or with the token of a link.</summary>
/// <response code="401">`unauthenticated`: neither logged in nor with a token.</response>
/// <response code="403">`forbidden`: logged in, but not as the customer.</response>
/// <response code="404">`not-found`: no such offer of this customer. `link-invalid`: the link does not work, or not any more.</response>
/// <response code="409">
/// `offer-not-approved`: not approved yet, or answered already. `offer-expired`: it was valid until `validUntil`.
/// `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class DeclineOffer(OfferSteps steps, CustomerVoice voice, CustomerAnswers answers)
    : Endpoint<DeclineOffer.Request, Results<Ok<OfferResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Why, for the history; at most 1000 characters.</summary>
        /// <example>We wait another year.</example>
        public string? Comment { get; init; }

        /// <summary>The token of the link; leave it out when logged in as the customer.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string? LinkToken { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Comment).MaximumLength(OfferTransition.MaximumCommentLength);
            RuleFor(request => request.LinkToken).MaximumLength(Secret.Length);
        }
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/decline");
        AllowAnonymous();
        Description(route => route.BodyMayBeLeftOut<Request>());
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
        return await steps.MoveAsync(HttpContext, id, offer => answers.DeclineAsync(offer, request.Comment, ct), ct);
    }
}
