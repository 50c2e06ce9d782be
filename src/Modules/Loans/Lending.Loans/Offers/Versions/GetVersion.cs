using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Versions;

/// <summary>Reads a version of a loan offer: the present one, or an earlier one that the customer has seen.</summary>
internal sealed class GetVersion(LoansDbContext db, SeenMarks marks) : EndpointWithoutRequest<Results<Ok<VersionResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-offers/{id:guid}/versions/{number:int}");
        Permissions(Permission.OffersRead);
    }

    public override async Task<Results<Ok<VersionResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var number = Route<int>("number");
        // The present one first: what it was when it was asked for is an earlier one from then on.
        var version = await FindPresentAsync(id, number, ct) ?? await FindEarlierAsync(id, number, ct);
        if (version is null)
        {
            return Problem.NotFound;
        }
        var firstSeenAt = await db
            .OfferViews.Where(view => view.OfferId == id && view.Version == number)
            .Select(view => (DateTimeOffset?)view.FirstSeenAt)
            .SingleOrDefaultAsync(ct);
        return TypedResults.Ok(version with { FirstSeenAt = firstSeenAt });
    }

    private async Task<VersionResponse?> FindPresentAsync(Guid id, int number, CancellationToken ct)
    {
        var offer = await marks.ShowAsync(
            () => db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Version == number, ct),
            row => new ShownOffer(row.Id, row.RowVersion),
            ct
        );
        if (offer is null)
        {
            return null;
        }
        var content = OfferContent.Of(offer);
        return new VersionResponse
        {
            Number = number,
            DocumentHash = content.DocumentHash,
            MadeBy = offer.TermsBy,
            MadeAt = offer.TermsAt,
            FirstSeenAt = null,
            Content = content,
        };
    }

    private async Task<VersionResponse?> FindEarlierAsync(Guid id, int number, CancellationToken ct) =>
        await db.OfferVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Offer.Id == id && row.Number == number, ct) is { } version
            ? new VersionResponse
            {
                Number = number,
                DocumentHash = Convert.ToHexStringLower(version.DocumentHash),
                MadeBy = version.MadeBy,
                MadeAt = version.MadeAt,
                FirstSeenAt = null,
                Content = OfferContent.Parse(version.Content),
            }
            : null;
}
