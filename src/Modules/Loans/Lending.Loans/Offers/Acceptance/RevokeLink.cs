using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Revokes the link to a loan offer: it stops working at once.</summary>
/// <response code="404">`not-found`: no such offer, or it has no link that can still be used.</response>
internal sealed class RevokeLink(LoansDbContext db, OfferSteps steps, Transactions transactions, OrganizationClock clock)
    : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("loan-offers/{id:guid}/link");
        Permissions(LoansPermission.OffersWrite);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var now = clock.GetStorableNow();
        await using var transaction = await transactions.BeginAsync(ct);
        // Whoever answers with the link waits for this lock, and then finds it revoked.
        await steps.LockAsync(id, ct);
        // One that was used still shows the offer on our pages.
        var links = await db
            .OfferLinks.Where(row => row.OfferId == id && row.RevokedAt == null)
            .Where(row => row.UsedAt != null || (row.ExpiresAt > now && row.Offer.Status == OfferStatus.Approved))
            .ToListAsync(ct);
        if (links.Count == 0)
        {
            return Problem.NotFound;
        }
        links.ForEach(link => link.Revoke(now));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
