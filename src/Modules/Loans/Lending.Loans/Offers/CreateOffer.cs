using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Platform.Http;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Creates a loan offer for a customer and computes its figures, in the organisation's currency.</summary>
/// <remarks>The customer's name, e-mail and address are kept as they are now.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`.
/// `unknown-customer`: there is none with this id. `amount-scale`: more decimals than the currency has.
/// </response>
internal sealed class CreateOffer(
    LoansDbContext db,
    ICustomerDirectory customers,
    IOrganizationDirectory organizations,
    Caller caller,
    TimeProvider clock
) : Endpoint<OfferTerms, Results<Created<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers");
        Permissions(Permission.OffersWrite);
    }

    public override async Task<Results<Created<OfferResponse>, Problem>> ExecuteAsync(OfferTerms request, CancellationToken ct)
    {
        var organization = await organizations.GetAsync(caller.OrganizationId, ct);
        var currency = Currency.Get(organization.Currency);
        if (!currency.HasScale(request.LoanAmount!.Value))
        {
            return Problem.From(OfferErrors.AmountScale);
        }
        using var transaction = Transactions.Begin();
        if (await OfferCustomer.HoldAsync(customers, request.CustomerId!.Value, ct) is not { } customer)
        {
            return Problem.From(OfferErrors.UnknownCustomer);
        }
        var offer = LoanOffer.Create(
            customer,
            request.In(currency),
            organization.Name,
            organization.TimeZone,
            caller.Reference,
            clock.GetStorableNow()
        );
        db.Offers.Add(offer);
        db.Publish(OfferEvents.OfLatest(offer, caller.OrganizationId));
        await db.SaveChangesAsync(ct);
        transaction.Complete();
        HttpContext.SetETag(offer.RowVersion);
        return TypedResults.Created($"/api/v1/loan-offers/{offer.Id}", OfferResponse.From(offer));
    }
}
