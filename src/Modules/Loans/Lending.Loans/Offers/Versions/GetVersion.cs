using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Versions;

/// <summary>Reads a version of a loan offer: the present one, or an earlier one that the customer has seen.</summary>
internal sealed class GetVersion(LoansDbContext db, VersionReader versions, Caller caller)
    : EndpointWithoutRequest<Results<Ok<VersionResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-offers/{id:guid}/versions/{number:int}");
        Permissions(LoansPermission.OffersRead);
        this.TellsOfPersons(nameof(LoanOffer));
    }

    public override async Task<Results<Ok<VersionResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var number = Route<int>("number");
        if (await versions.FindAsync(id, number, ct) is not { } version)
        {
            return Problem.NotFound;
        }
        if (version.FirstSeenAt is null && caller.CustomerScope is not null)
        {
            // It was this reading that marked it.
            var firstSeenAt = await db
                .OfferViews.Where(view => view.OfferId == id && view.Version == number)
                .Select(view => (DateTimeOffset?)view.FirstSeenAt)
                .SingleOrDefaultAsync(ct);
            version = version with { FirstSeenAt = firstSeenAt };
        }
        return TypedResults.Ok(version);
    }
}
