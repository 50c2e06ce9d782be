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
/// Tells the balance of each ledger account of a loan at the end of a day, as it was known at a time; they sum to zero. Customers ask for their own loans.
/// </summary>
internal sealed class GetBalances(ServicingDbContext db, KnownBaseRates rates, TimeProvider clock)
    : Endpoint<StateRequest, Results<Ok<GetBalances.Balances>, Problem>>
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
        return TypedResults.Ok(
            new Balances
            {
                AsOf = asOf,
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
