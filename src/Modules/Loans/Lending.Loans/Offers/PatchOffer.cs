using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers;

/// <summary>Changes some of the terms of a pending loan offer and computes its figures anew.</summary>
/// <remarks>
/// The currency stays, and so do dates that are left out; another customer is copied as they are called now. Terms that the customer has seen stay
/// readable as an earlier version. A patch that changes nothing leaves the offer as it is.
/// </remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`.
/// `unknown-customer`: there is none with this id. `amount-scale`: more decimals than the currency has.
/// </response>
/// <response code="409">
/// `offer-not-pending`: it was decided on already. `too-many-versions`: there are 1000. `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class PatchOffer(OfferSteps steps) : Endpoint<MergePatch<OfferTerms>, Results<Ok<OfferResponse>, Problem>>
{
    private static readonly OfferTerms.Validator TermsValidator = new();

    public override void Configure()
    {
        Patch("loan-offers/{id:guid}");
        Permissions(LoansPermission.OffersWrite);
        this.TellsOfPersons<OfferResponse>(nameof(LoanOffer), offer => offer.Id, offer => offer.CustomerId);
    }

    public override Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(MergePatch<OfferTerms> request, CancellationToken ct) =>
        steps.ChangeAsync(
            HttpContext,
            Route<Guid>("id"),
            present => request.TryApply(present, TermsValidator, out var terms, out var problem) ? (terms, null) : (null, problem),
            ct
        );
}
