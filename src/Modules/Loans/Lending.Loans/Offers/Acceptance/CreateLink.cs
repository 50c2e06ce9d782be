using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Mails the customer a one-time link with which they accept or decline an approved loan offer without an account. An earlier link stops working.</summary>
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
    INotifications notifications,
    MailedSecrets secrets,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : EndpointWithoutRequest<Results<Accepted<MailedSecret>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers/{id:guid}/link");
        Permissions(LoansPermission.OffersWrite);
    }

    public override async Task<Results<Accepted<MailedSecret>, Problem>> ExecuteAsync(CancellationToken ct)
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
        var earlier = await db
            .OfferLinks.Where(link => link.OfferId == id && link.UsedAt == null && link.RevokedAt == null)
            .ToListAsync(ct);
        earlier.ForEach(link => link.Revoke(now));
        var token = Secret.New();
        var created = new OfferLink(offer, customer.Email, token, caller.Reference, now);
        db.Add(created);
        await db.SaveChangesAsync(ct);
        await notifications.SendAsync(Message.OfferLink(customer.Email, customer.Id, customer.FullName, id, token, created.ExpiresAt), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null, secrets.Answer(token, created.ExpiresAt));
    }
}
