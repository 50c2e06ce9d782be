using FastEndpoints;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Audit;
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
        Permissions(LoansPermission.OffersRead);
        this.TellsOfPersons(nameof(LoanOffer));
    }

    public override async Task<Results<Ok<Page<VersionResponse>>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await db
            .Offers.AsNoTracking()
            .Where(offer => offer.Id == id)
            .Select(offer => new
            {
                Offer = offer,
                FirstSeenAt = db
                    .OfferViews.Where(view => view.OfferId == offer.Id && view.Version == offer.Version)
                    .Select(view => (DateTimeOffset?)view.FirstSeenAt)
                    .SingleOrDefault(),
                Earlier = db
                    .OfferVersions.Where(version => version.Offer.Id == offer.Id)
                    .OrderByDescending(version => version.Number)
                    .Select(version => new VersionResponse
                    {
                        Number = version.Number,
                        DocumentHash = Convert.ToHexStringLower(version.DocumentHash),
                        MadeBy = version.MadeBy,
                        MadeAt = version.MadeAt,
                        FirstSeenAt = db
                            .OfferViews.Where(view => view.OfferId == offer.Id && view.Version == version.Number)
                            .Select(view => (DateTimeOffset?)view.FirstSeenAt)
                            .SingleOrDefault(),
                    })
                    .ToList(),
            })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return Problem.NotFound;
        }
        var present = VersionResponse.Of(found.Offer, found.FirstSeenAt) with { Content = null };
        return TypedResults.Ok(new Page<VersionResponse>([present, .. found.Earlier], NextCursor: null));
    }
}
