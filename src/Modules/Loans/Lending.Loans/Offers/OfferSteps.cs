using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Loans.Products;
using Lending.Loans.Terms;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>What all slices share that change one offer: find it, check <c>If-Match</c>, change it, save it, answer it.</summary>
internal sealed class OfferSteps(
    LoansDbContext db,
    OrganizationSql sql,
    Transactions transactions,
    ICustomerDirectory customers,
    OfferMessages messages,
    OfferGuards guards,
    Caller caller,
    OrganizationClock clock
)
{
    /// <summary>Moves an offer to another state. Whoever loses a race for it waits, and is refused for what the offer has become.</summary>
    public Task<Results<Ok<OfferResponse>, Problem>> MoveAsync(
        HttpContext http,
        Guid id,
        Func<LoanOffer, Error?> move,
        CancellationToken ct
    ) => MoveAsync(http, id, offer => Task.FromResult(move(offer)), ct);

    /// <summary>The same, with a move that reads what it rests on while the offer is locked.</summary>
    public async Task<Results<Ok<OfferResponse>, Problem>> MoveAsync(
        HttpContext http,
        Guid id,
        Func<LoanOffer, Task<Error?>> move,
        CancellationToken ct
    )
    {
        var isOutdated = false;
        var (offer, error) = await TryMoveAsync(
            id,
            async found =>
            {
                isOutdated = !http.MatchesVersion(found.RowVersion);
                return isOutdated ? Error.ConcurrentChange : await move(found);
            },
            ct
        );
        return isOutdated ? Problem.PreconditionFailed
            : error is not null ? Problem.From(error)
            : offer is null ? Problem.NotFound
            : Answer(http, offer);
    }

    /// <summary>Moves an offer to another state for a neighbour. Null for no error and no offer: there is none that the caller may see.</summary>
    public async Task<(LoanOffer? Offer, Error? Error)> TryMoveAsync(Guid id, Func<LoanOffer, Task<Error?>> move, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        // Locked first: two moves that both wrote into the history and then waited for the offer could block each other.
        await LockAsync(id, ct);
        if (await db.Offers.SingleOrDefaultAsync(offer => offer.Id == id, ct) is not { } offer)
        {
            return (null, null);
        }
        if (await move(offer) is { } error)
        {
            return (null, error);
        }
        db.Publish(OfferEvents.OfLatest(offer, caller.OrganizationId));
        await db.SaveChangesAsync(ct);
        await messages.SendAsync(offer, ct);
        await transaction.CommitAsync(ct);
        return (offer, null);
    }

    /// <summary>Gives an offer new terms, made from its present ones.</summary>
    public async Task<Results<Ok<OfferResponse>, Problem>> ChangeAsync(
        HttpContext http,
        Guid id,
        Func<OfferTerms, (OfferTerms? Terms, Problem? Problem)> change,
        CancellationToken ct
    )
    {
        await using var transaction = await transactions.BeginAsync(ct);
        // Locked, so that nobody marks the offer as seen while it is changed. The mark is read by the next command, because this one would not see a
        // mark that was written while it waited.
        await LockAsync($"SELECT FROM loans.offers WHERE {sql.OfCaller($"customer_id")} AND id = {id} FOR UPDATE", ct);
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
        if (offer.ObstacleToChange is { } obstacle)
        {
            return Problem.From(obstacle);
        }
        var (pricing, pricingError) = await PriceAsync(offer, terms, ct);
        if (pricing is null)
        {
            return Problem.From(pricingError!);
        }
        var customerId = terms.CustomerId!.Value;
        var customer = customerId == offer.Customer.Id ? offer.Customer : await CustomerAsOffered.HoldAsync(customers, customerId, ct);
        if (customer is null)
        {
            return Problem.From(OfferErrors.UnknownCustomer);
        }
        if (offer.Change(customer, pricing, found.IsSeen, caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        await guards.TellOfChangeAsync(offer, ct);
        await transaction.CommitAsync(ct);
        return Answer(http, offer);
    }

    /// <summary>Keeps everybody else from moving, changing or deleting the offer, and from ending its link, until the transaction ends.</summary>
    public Task LockAsync(Guid id, CancellationToken ct) =>
        LockAsync($"SELECT FROM loans.offers WHERE {sql.OfCaller($"customer_id")} AND id = {id} FOR NO KEY UPDATE", ct);

    private Task<List<int>> LockAsync(FormattableString statement, CancellationToken ct) =>
        sql.ReadAsync(statement, row => row.FieldCount, ct);

    // The same product stays in the version that the offer was made with, even if it is retired since.
    private async Task<(OfferPricing? Pricing, Error? Error)> PriceAsync(LoanOffer offer, OfferTerms terms, CancellationToken ct)
    {
        var currency = Currency.Get(offer.Currency);
        UsableProduct? product = null;
        if (terms.ProductId is { } productId)
        {
            var isPinned = productId == offer.ProductId;
            product = await db.FindUsableProductAsync(productId, ct, isPinned ? offer.ProductVersion : null);
            var obstacle =
                product is null ? ProductErrors.Unknown
                : isPinned ? null
                : product.ObstacleTo(currency.Code);
            if (obstacle is not null)
            {
                return (null, obstacle);
            }
        }
        // A replacement without dates leaves them as they are.
        var dates =
            terms.PayoutDate is null && terms.FirstDueDate is null
                ? new LoanDates(offer.PayoutDate, offer.FirstDueDate)
                : LoanDates.Of(terms.PayoutDate, terms.FirstDueDate, today: offer.PayoutDate);
        return OfferPricing.TryOf(terms, product, currency, dates, out var pricing, out var error) ? (pricing, null) : (null, error);
    }

    private static Ok<OfferResponse> Answer(HttpContext http, LoanOffer offer)
    {
        http.SetETag(offer.RowVersion);
        return TypedResults.Ok(offer.Adapt<OfferResponse>());
    }
}
