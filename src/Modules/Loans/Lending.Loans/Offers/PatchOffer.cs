using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers;

/// <summary>Changes some of the terms of a pending loan offer and computes its figures anew.</summary>
/// <remarks>The currency and the first due date stay; another customer is copied as they are called now.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`.
/// `unknown-customer`: there is none with this id. `amount-scale`: more decimals than the currency has.
/// </response>
/// <response code="409">`offer-not-pending`: it was decided on already. `concurrent-change`: somebody changed it at the same time.</response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class PatchOffer(LoansDbContext db, ICustomerDirectory customers, TimeProvider clock)
    : Endpoint<MergePatch<OfferTerms>, Results<Ok<OfferResponse>, Problem>>
{
    private static readonly OfferTerms.Validator TermsValidator = new();

    public override void Configure()
    {
        Patch("loan-offers/{id:guid}");
        Permissions(Permission.OffersWrite);
    }

    public override async Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(MergePatch<OfferTerms> request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        using var transaction = Transactions.Begin();
        if (await db.Offers.SingleOrDefaultAsync(offer => offer.Id == id, ct) is not { } offer)
        {
            return Problem.NotFound;
        }
        if (!HttpContext.MatchesVersion(offer.Version))
        {
            return Problem.PreconditionFailed;
        }
        if (!request.TryApply(offer.Terms, TermsValidator, out var terms, out var problem))
        {
            return problem;
        }
        var customerId = terms.CustomerId!.Value;
        var customer = customerId == offer.Customer.Id ? offer.Customer : await OfferCustomer.HoldAsync(customers, customerId, ct);
        if (customer is null)
        {
            return Problem.From(OfferErrors.UnknownCustomer);
        }
        if (offer.Change(customer, terms, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        transaction.Complete();
        HttpContext.SetETag(offer.Version);
        return TypedResults.Ok(OfferResponse.From(offer));
    }
}
