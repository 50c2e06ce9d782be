using FastEndpoints;
using FluentValidation;
using Lending.Loans.Data;
using Lending.Loans.Offers.Versions;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Shows a loan offer to whoever holds the link to it. Opening does not use the link up. Public.</summary>
/// <response code="404">`link-invalid`: unknown, used, revoked, replaced or expired; or the offer cannot be answered any more.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class OpenLink(LoansDbContext db, CustomerVoice voice, SeenMarks marks)
    : Endpoint<OpenLink.Request, Results<Ok<OfferResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The token of the link.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string? Token { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Token).NotEmpty().MaximumLength(Secret.Length);
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/link/open");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (!await voice.TryOpenLinkAsync(id, request.Token!, mayBeAnswered: false, ct))
        {
            return Problem.From(OfferErrors.LinkInvalid);
        }
        var offer = await marks.ShowAsync(
            () => db.Offers.Where(row => row.Id == id).ProjectToType<OfferResponse>().SingleOrDefaultAsync(ct),
            row => row.Shown,
            ct
        );
        if (offer is null)
        {
            return Problem.From(OfferErrors.LinkInvalid);
        }
        HttpContext.SetETag(offer.RowVersion);
        return TypedResults.Ok(offer);
    }
}
