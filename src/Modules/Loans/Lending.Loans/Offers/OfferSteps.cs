using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>What all slices share that change one offer: find it, check <c>If-Match</c>, change it, save it, answer it.</summary>
internal sealed class OfferSteps(LoansDbContext db, ICustomerDirectory customers, Caller caller, TimeProvider clock)
{
    /// <summary>Moves an offer to another state. Whoever loses a race for it is refused by the row's version.</summary>
    public async Task<Results<Ok<OfferResponse>, Problem>> MoveAsync(
        HttpContext http,
        Guid id,
        Func<LoanOffer, Error?> move,
        CancellationToken ct
    )
    {
        if (await db.Offers.SingleOrDefaultAsync(offer => offer.Id == id, ct) is not { } offer)
        {
            return Problem.NotFound;
        }
        if (!http.MatchesVersion(offer.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        if (move(offer) is { } error)
        {
            return Problem.From(error);
        }
        db.Publish(OfferEvents.OfLatest(offer, caller.OrganizationId));
        await db.SaveChangesAsync(ct);
        return Answer(http, offer);
    }

    /// <summary>Gives an offer new terms, which are told from the present ones.</summary>
    public async Task<Results<Ok<OfferResponse>, Problem>> ChangeAsync(
        HttpContext http,
        Guid id,
        Func<OfferTerms, (OfferTerms? Terms, Problem? Problem)> change,
        CancellationToken ct
    )
    {
        using var transaction = Transactions.Begin();
        // Until the end nobody marks as seen what is being changed. The mark is read by the next command, as this one looks no further than its start.
        await db.Database.ExecuteSqlAsync($"SELECT FROM loans.offers WHERE id = {id} FOR UPDATE", ct);
        var found = await db
            .Offers.Where(offer => offer.Id == id)
            .Select(offer => new
            {
                Offer = offer,
                IsSeen = db.OfferViews.Any(view => view.OfferId == offer.Id && view.Version == offer.Version),
            })
            .SingleOrDefaultAsync(ct);
        if (found is not { Offer: var offer })
        {
            return Problem.NotFound;
        }
        if (!http.MatchesVersion(offer.RowVersion))
        {
            return Problem.PreconditionFailed;
        }
        var (terms, problem) = change(offer.Terms);
        if (terms is null)
        {
            return problem!;
        }
        var customerId = terms.CustomerId!.Value;
        var customer = customerId == offer.Customer.Id ? offer.Customer : await OfferCustomer.HoldAsync(customers, customerId, ct);
        if (customer is null)
        {
            return Problem.From(OfferErrors.UnknownCustomer);
        }
        if (offer.Change(customer, terms, found.IsSeen, caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        transaction.Complete();
        return Answer(http, offer);
    }

    private static Ok<OfferResponse> Answer(HttpContext http, LoanOffer offer)
    {
        http.SetETag(offer.RowVersion);
        return TypedResults.Ok(OfferResponse.From(offer));
    }
}
