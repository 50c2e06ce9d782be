using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Keeps what pays a loan off on each of the next ten days, for who is told of it. It holds as long as nothing is recorded: a payment with its id, of
/// the amount and on the day that it says, leaves nothing owed.
/// </summary>
/// <response code="409">`not-disbursed`: nothing was paid out yet. `base-rate-missing`: default interest of these days cannot be computed yet.</response>
internal sealed class CreatePayoffQuote(ServicingDbContext db, KnownBaseRates rates, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Created<PayoffQuoteResponse>, Problem>>
{
    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/payoff-quotes");
        Permissions(ServicingPermission.Post);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Created<PayoffQuoteResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        if (await db.FindLoanAsync(Route<Guid>("id"), ct) is not (var account, var events))
        {
            return Problem.NotFound;
        }
        var now = clock.GetStorableNow();
        var today = ServicingDay.Of(now);
        var (rows, error) = PayoffTable.Of(account.ReadContract(), events, today, await rates.GetAsync(ct));
        if (error is not null)
        {
            return Problem.From(error);
        }
        // Who records something meanwhile makes it outdated, which is what it then is.
        var quote = PayoffQuote.Of(account.Id, events.Count, rows, caller.Reference, now);
        db.Add(quote);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created(
            $"/api/v1/loan-accounts/{account.Id}/payoff-quotes",
            PayoffQuoteResponse.Of(quote, events.Count, today)
        );
    }
}
