using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Takes the acceptance of a loan offer back, as its customer, within 14 days. `repayment` says what is to be paid back if it was paid out; a receipt is mailed.</summary>
/// <response code="409">
/// `offer-not-accepted`: not accepted, or withdrawn from already. `withdrawal-period-over`: the 14 days have passed.
/// `concurrent-change`: somebody changed it at the same time.
/// </response>
/// <response code="412">`precondition-failed`: it is not the version that `If-Match` names.</response>
internal sealed class WithdrawOffer(OfferSteps steps, CustomerAnswers answers) : Endpoint<Decision, Results<Ok<OfferResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-offers/{id:guid}/withdraw");
        Permissions(LoansPermission.OffersAccept);
        Description(route => route.BodyMayBeLeftOut<Decision>());
    }

    public override Task<Results<Ok<OfferResponse>, Problem>> ExecuteAsync(Decision request, CancellationToken ct) =>
        steps.MoveAsync(HttpContext, Route<Guid>("id"), offer => answers.WithdrawAsync(offer, request.Comment, ct), ct);
}
