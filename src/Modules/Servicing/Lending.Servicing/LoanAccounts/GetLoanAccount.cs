using FastEndpoints;
using Lending.Platform.Audit;
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
/// Shows a loan account with its schedule and balances at the end of a day, as they were known at a time: what was answered then is answered for ever.
/// Customers read their own.
/// </summary>
internal sealed class GetLoanAccount(ServicingDbContext db, KnownBaseRates rates, TimeProvider clock)
    : Endpoint<StateRequest, Results<Ok<LoanAccountResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-accounts/{id:guid}");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons<LoanAccountResponse>(nameof(LoanAccount), account => account.Account.Id, account => account.Account.CustomerId);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(StateRequest request, CancellationToken ct)
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
        var asOf = request.AsOf ?? ServicingDay.Of(now);
        var state = LoanReplay.At(account.ReadContract(), events, asOf, await rates.GetAsync(ct), request.KnownAt);
        return TypedResults.Ok(LoanAccountResponse.Of(account, state));
    }
}
