using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Tells what pays a loan off on each of ten days, from a day on and as it was known at a time, itemised: by the very computation that posts the payment. A
/// payment of that amount on that day, marked as payoff, leaves nothing owed. Nothing is kept: a payoff quote is. Customers ask for their own.
/// </summary>
/// <response code="409">`not-disbursed`: nothing was paid out on that day yet. `base-rate-missing`: default interest of these days cannot be computed yet.</response>
internal sealed class ListPayoffs(ServicingDbContext db, KnownBaseRates rates, OrganizationClock clock)
    : Endpoint<StateRequest, Results<Ok<ListPayoffs.Payoffs>, Problem>>
{
    internal sealed record Payoffs
    {
        /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
        /// <example>EUR</example>
        public required string Currency { get; init; }

        /// <summary>One row for each day: the one that is asked for, and the nine after it.</summary>
        public required IReadOnlyList<Payoff> Rows { get; init; }
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/payoffs");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Payoffs>, Problem>> ExecuteAsync(StateRequest request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (request.KnownAt > now)
        {
            return Problem.From(ServicingErrors.NotKnownYet);
        }
        if (await db.FindLoanAsync(Route<Guid>("id"), ct) is not (var account, var events))
        {
            return Problem.NotFound;
        }
        var (rows, error) = PayoffTable.Of(account.ReadContract(), events, request.DayOf(now), await rates.GetAsync(ct), request.KnownAt);
        return error is null ? TypedResults.Ok(new Payoffs { Currency = account.Currency, Rows = rows }) : Problem.From(error);
    }
}
