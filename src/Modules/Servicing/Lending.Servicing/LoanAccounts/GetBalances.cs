using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Tells the balance of each ledger account of a loan at the end of a day, as it was known at a time; they sum to zero. Customers ask for their own loans.
/// </summary>
internal sealed class GetBalances(LoanStates states) : Endpoint<StateRequest, Results<Ok<GetBalances.Balances>, Problem>>
{
    internal sealed record Balances
    {
        /// <summary>The day.</summary>
        /// <example>2026-12-31</example>
        public required DateOnly AsOf { get; init; }

        /// <summary>The ISO 4217 code of the currency.</summary>
        /// <example>EUR</example>
        public required string Currency { get; init; }

        /// <summary>The balances that are not zero: debits are positive, credits negative.</summary>
        public required IReadOnlyList<EntryLine> Lines { get; init; }
    }

    public override void Configure()
    {
        Get("loan-accounts/{id:guid}/balances");
        Permissions(ServicingPermission.Read);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<Balances>, Problem>> ExecuteAsync(StateRequest request, CancellationToken ct)
    {
        var (found, problem) = await states.ReadAsync(Route<Guid>("id"), request, ct);
        if (found is not var (account, _, state))
        {
            return problem!;
        }
        return TypedResults.Ok(
            new Balances
            {
                AsOf = state.AsOf,
                Currency = account.Currency,
                Lines =
                [
                    .. Ledger
                        .Balances(state.Entries)
                        .Where(balance => balance.Value != 0)
                        .OrderBy(balance => balance.Key)
                        .Select(balance => new EntryLine(balance.Key, balance.Value)),
                ],
            }
        );
    }
}
