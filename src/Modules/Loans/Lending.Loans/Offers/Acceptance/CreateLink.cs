using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Makes a one-time link with which the customer accepts or declines an approved loan offer without an account. An earlier link stops working.</summary>
/// <remarks>
/// The link stops working when the offer is answered, cancelled or expires, when the customer's e-mail changes, and when it is revoked.
/// </remarks>
/// <response code="409">
/// `offer-not-approved`: only approved ones can be answered. `offer-expired`: it was valid until `validUntil`.
/// `concurrent-change`: somebody made a link at the same time.
/// </response>
internal sealed class CreateLink(
    LoansDbContext db,
    OfferSteps steps,
    ICustomerDirectory customers,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
) : EndpointWithoutRequest<Results<Created<CreateLink.Link>, Problem>>
{
    internal sealed record Link
    {
        /// <summary>The secret of the link; it is told only here.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public required string Token { get; init; }

        /// <summary>When it stops working: with the offer's validity, at the latest after 14 days.</summary>
        /// <example>2026-12-04T09:30:00Z</example>
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    public override void Configure()
    {
        Post("loan-offers/{id:guid}/link");
        Permissions(LoansPermission.OffersWrite);
    }

    public override async Task<Results<Created<Link>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var now = clock.GetStorableNow();
        await using var transaction = await transactions.BeginAsync(ct);
        // Whoever answers with the earlier link waits for this lock, and then finds it revoked.
        await steps.LockAsync(id, ct);
        if (await db.Offers.AsNoTracking().SingleOrDefaultAsync(offer => offer.Id == id, ct) is not { } offer)
        {
            return Problem.NotFound;
        }
        if (offer.FindObstacleToAnswer(OfferStatus.Accepted, now) is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        if (await customers.HoldAsync(offer.Customer.Id, ct) is not { } customer)
        {
            return Problem.NotFound;
        }
        await db
            .OfferLinks.Where(link => link.OfferId == id && link.UsedAt == null && link.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.RevokedAt, now), ct);
        var token = Secret.New();
        var created = new OfferLink(offer, customer.Email, token, caller.Reference, now);
        db.Add(created);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        // The token is stored only as a hash, so the link has no address where it could be read again.
        return TypedResults.Created((string?)null, new Link { Token = token, ExpiresAt = created.ExpiresAt });
    }
}
