using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Servicing.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Shows a loan account with its schedule and balances at the end of a day, as they were known at a time: what was answered then is answered for ever.
/// Customers read their own.
/// </summary>
internal sealed class GetLoanAccount(LoanStates states) : Endpoint<StateRequest, Results<Ok<LoanAccountResponse>, Problem>>
{
    public override void Configure()
    {
        Get("loan-accounts/{id:guid}");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons<LoanAccountResponse>(nameof(LoanAccount), account => account.Account.Id, account => account.Account.CustomerId);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(StateRequest request, CancellationToken ct)
    {
        var (found, problem) = await states.ReadAsync(Route<Guid>("id"), request, ct);
        if (found is not var (account, _, state))
        {
            return problem!;
        }
        return TypedResults.Ok(LoanAccountResponse.Of(account, state));
    }
}
