using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Lending.Servicing.Rates;

namespace Lending.Servicing.LoanAccounts;

/// <summary>Reads an account as of a day and as known at a time, for slices that show it.</summary>
internal sealed class LoanStates(ServicingDbContext db, KnownBaseRates rates, OrganizationClock clock)
{
    /// <summary>An account with its state.</summary>
    public sealed record Found(LoanAccount Account, LoanContract Contract, LoanState State);

    /// <summary>The account, or why there is none to show.</summary>
    public async Task<(Found? Found, Problem? Problem)> ReadAsync(Guid id, StateRequest request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (request.KnownAt > now)
        {
            return (null, Problem.From(ServicingErrors.NotKnownYet));
        }
        if (await db.FindLoanAsync(id, ct) is not (var account, var events))
        {
            return (null, Problem.NotFound);
        }
        var contract = account.ReadContract();
        var state = LoanReplay.At(contract, events, request.DayOf(now), await rates.GetAsync(ct), request.KnownAt);
        return (new Found(account, contract, state), null);
    }
}
