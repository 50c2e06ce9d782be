using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
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

namespace Lending.Loans.Offers;

/// <summary>Creates a loan offer for a customer and computes its figures, in the organisation's currency.</summary>
/// <remarks>The customer's name, e-mail and address, and the product's version, are kept as they are now.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`.
/// `unknown-customer`, `unknown-product`: there is none with this id. `amount-scale`: more decimals than the currency has.
/// `product-retired`, `currency-mismatch`, `amount-outside-product`, `term-outside-product`, `no-rate-for-terms`, `rate-not-of-product`: not with this product.
/// `does-not-amortise` and other codes of quotes: there are no figures for these terms.
/// </response>
internal sealed class CreateOffer(
    LoansDbContext db,
    ICustomerDirectory customers,
    IOrganizationDirectory organizations,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<OfferTerms, Results<Created<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers");
        Permissions(LoansPermission.OffersWrite);
    }

    public override async Task<Results<Created<OfferResponse>, Problem>> ExecuteAsync(OfferTerms request, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        var currency = Currency.Get(organization.Currency);
        var now = clock.GetStorableNow();
        UsableProduct? product = null;
        if (request.ProductId is { } productId)
        {
            product = await db.FindUsableProductAsync(productId, ct);
            if ((product is null ? ProductErrors.Unknown : product.ObstacleTo(currency.Code)) is { } obstacle)
            {
                return Problem.From(obstacle);
            }
        }
        var dates = LoanDates.Of(request.PayoutDate, request.FirstDueDate, LocalDay.Of(now, organization.TimeZone));
        if (!OfferPricing.TryOf(request, product, currency, dates, out var pricing, out var error))
        {
            return Problem.From(error);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        if (await CustomerAsOffered.HoldAsync(customers, request.CustomerId!.Value, ct) is not { } customer)
        {
            return Problem.From(OfferErrors.UnknownCustomer);
        }
        var offer = LoanOffer.Create(customer, pricing, organization.Name, caller.Reference, now);
        db.Add(offer);
        db.Publish(OfferEvents.OfLatest(offer, caller.OrganizationId));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        HttpContext.SetETag(offer.RowVersion);
        return TypedResults.Created($"/api/v1/loan-offers/{offer.Id}", offer.Adapt<OfferResponse>());
    }
}
