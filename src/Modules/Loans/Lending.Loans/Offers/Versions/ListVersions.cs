using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Versions;

/// <summary>Lists the versions of a loan offer, newest first; all on one page. Customers see those that were made for them.</summary>
internal sealed class ListVersions(LoansDbContext db) : EndpointWithoutRequest<Results<Ok<Page<VersionResponse>>, Problem>>
{
    public override void Configure()
    {
        Get("loan-offers/{id:guid}/versions");
        Permissions(Permission.OffersRead);
    }

    public override async Task<Results<Ok<Page<VersionResponse>>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Offers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } offer)
        {
            return Problem.NotFound;
        }
        var seen = await db
            .OfferViews.Where(view => view.OfferId == id)
            .ToDictionaryAsync(view => view.Version, view => (DateTimeOffset?)view.FirstSeenAt, ct);
        var earlier = await db
            .OfferVersions.Where(version => version.Offer.Id == id && version.Number < offer.Version)
            .OrderByDescending(version => version.Number)
            .Select(version => new
            {
                version.Number,
                version.DocumentHash,
                version.MadeBy,
                version.MadeAt,
            })
            .ToListAsync(ct);
        var present = new VersionResponse
        {
            Number = offer.Version,
            DocumentHash = OfferContent.Of(offer).DocumentHash,
            MadeBy = offer.TermsBy,
            MadeAt = offer.TermsAt,
            FirstSeenAt = seen.GetValueOrDefault(offer.Version),
        };
        return TypedResults.Ok(
            new Page<VersionResponse>(
                [
                    present,
                    .. earlier.Select(version => new VersionResponse
                    {
                        Number = version.Number,
                        DocumentHash = Convert.ToHexStringLower(version.DocumentHash),
                        MadeBy = version.MadeBy,
                        MadeAt = version.MadeAt,
                        FirstSeenAt = seen.GetValueOrDefault(version.Number),
                    }),
                ],
                NextCursor: null
            )
        );
    }
}
