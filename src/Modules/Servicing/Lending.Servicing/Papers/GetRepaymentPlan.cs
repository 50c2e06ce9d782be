using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Papers;

/// <summary>
/// Shows the repayment plan of a loan as it stands today (§ 492(3) BGB, Art. 247 § 14 EGBGB): each instalment with its principal, interest and other costs, and
/// what was paid of it. As JSON, or as a PDF file in English or German (`Accept`, `Accept-Language`). Customers read their own.
/// </summary>
/// <response code="200">The plan, in the form that `Accept` likes best.</response>
internal sealed class GetRepaymentPlan(ServicingDbContext db, KnownBaseRates rates, PartiesReader parties, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<RepaymentPlan>, PushStreamHttpResult, Problem>>
{
    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/repayment-plan");
        Permissions(ServicingPermission.Read);
        Description(route => route.Produces<RepaymentPlan>().Produces<Stream>(StatusCodes.Status200OK, PdfAnswer.ContentType));
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<RepaymentPlan>, PushStreamHttpResult, Problem>> ExecuteAsync(CancellationToken ct)
    {
        if (await db.FindLoanAsync(Route<Guid>("id"), ct) is not (var account, var events))
        {
            return Problem.NotFound;
        }
        var contract = account.ReadContract();
        var today = ServicingDay.Of(clock.GetStorableNow());
        var plan = RepaymentPlan.Of(account, LoanReplay.At(contract, events, today, await rates.GetAsync(ct)));
        if (HttpContext.WantsPdf())
        {
            var words = HttpContext.Wording();
            var paper = PlanPaper.Of(plan, await parties.ReadAsync(account.CustomerId, ct), words);
            return HttpContext.Pdf($"repayment-plan-{account.Id}", words, paper);
        }
        return TypedResults.Ok(plan);
    }
}
