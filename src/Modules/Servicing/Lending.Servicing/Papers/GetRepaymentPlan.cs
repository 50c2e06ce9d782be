using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Servicing.Contracts;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Papers;

/// <summary>
/// Shows the repayment plan of a loan as it stands on a day, as it was known at a time (§ 492(3) BGB, Art. 247 § 14 EGBGB): each instalment with its principal, interest and other costs, and
/// what was paid of it. As JSON, or as a PDF file in English or German (`Accept`, `Accept-Language`). Customers read their own.
/// </summary>
/// <response code="200">The plan, in the form that `Accept` likes best.</response>
internal sealed class GetRepaymentPlan(LoanStates states, PartiesReader parties)
    : Endpoint<StateRequest, Results<Ok<RepaymentPlan>, PushStreamHttpResult, Problem>>
{
    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/repayment-plan");
        Permissions(ServicingPermission.Read);
        Description(route => route.Produces<RepaymentPlan>().Produces<Stream>(StatusCodes.Status200OK, PdfAnswer.ContentType));
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<RepaymentPlan>, PushStreamHttpResult, Problem>> ExecuteAsync(
        StateRequest request,
        CancellationToken ct
    )
    {
        var (found, problem) = await states.ReadAsync(Route<Guid>("id"), request, ct);
        if (found is not var (account, _, state))
        {
            return problem!;
        }
        var plan = RepaymentPlan.Of(account, state);
        if (HttpContext.WantsPdf())
        {
            var words = HttpContext.Wording();
            var paper = PlanPaper.Of(plan, await parties.ReadAsync(account, ct), words);
            return HttpContext.Pdf($"repayment-plan-{account.Id}", words, paper);
        }
        return TypedResults.Ok(plan);
    }
}
