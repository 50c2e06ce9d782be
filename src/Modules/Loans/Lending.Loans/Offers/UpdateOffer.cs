using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Replaces the terms of a pending loan offer and computes its figures anew.</summary>
/// <remarks>
/// The currency stays, and so do the dates where both are left out; another customer is copied as they are called now. Terms that the customer has
/// seen stay readable as an earlier version. The same terms as before change nothing.
/// </remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`.
/// `unknown-customer`: there is none with this id. `amount-scale`: more decimals than the currency has.
/// </response>
/// <response code="409">
/// `offer-not-pending`: it was decided on already. `too-many-versions`: there are 1000. `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class UpdateOffer(OfferSteps steps) : Endpoint<OfferTerms, Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Put("loan-offers/{id:guid}");
        Permissions(LoansPermission.OffersWrite);
        this.TellsOfPersons<OfferResponse>(nameof(LoanOffer), offer => offer.Id, offer => offer.CustomerId);
    }

    public override Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(OfferTerms request, CancellationToken ct) =>
        steps.ChangeAsync(HttpContext, Route<Guid>("id"), _ => (request, null), ct);
}
