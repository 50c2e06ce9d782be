using FastEndpoints;
using Lending.Loans.Contracts;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Disbursements;

/// <summary>
/// Asks for the payout of a loan or a tranche on a day. It is in the books as soon as somebody else confirms it. From the second tranche on the account has a
/// new schedule version.
/// </summary>
/// <response code="409">
/// `event-id-taken`: something else has this id. `payout-not-allowed`: the customer has withdrawn, or still can. `over-disbursed`: more would be paid out than was agreed. `no-instalments-left`: all instalments are
/// due already.
/// </response>
internal sealed class RequestDisbursement(
    ServicingDbContext db,
    IAcceptedOffers offers,
    KnownBaseRates rates,
    OrganizationSql sql,
    Transactions transactions,
    Caller caller,
    OrganizationClock clock
) : Endpoint<RequestDisbursement.Request, Results<Created<DisbursementResponse>, Problem>>
{
    internal sealed record Request : MoneyEvent;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new MoneyEvent.Rules());
    }

    private const int FurthestYears = 2;

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/disbursements");
        Permissions(ServicingPermission.Payout);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Created<DisbursementResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (await db.FindLoanAsync(Route<Guid>("id"), ct) is not (var account, var events))
        {
            return Problem.NotFound;
        }
        var document = request.DocumentOf(EventDocument.Tranche);
        var now = clock.GetStorableNow();
        if (document.On > ServicingDay.Of(now).AddYears(FurthestYears))
        {
            return Problem.From(DisbursementErrors.TooFarAhead);
        }
        var asked = new Disbursement(request.EventId!.Value, account.Id, document.On, document.Amount, caller.Reference, now);
        await using var transaction = await transactions.BeginAsync(ct);
        // The offer first, then the account, as whoever confirms does. Of the same id that is sent twice at once, the second finds the first.
        var isPayable = (await offers.HoldPayableAsync([account.OfferId], ct)).Count > 0;
        await sql.LockLoanAsync(account.Id, ct);
        if (await db.Disbursements.AsNoTracking().SingleOrDefaultAsync(row => row.Id == asked.Id, ct) is { } same)
        {
            return same.Says(asked) ? Answer(same) : Problem.From(ServicingErrors.EventIdTaken);
        }
        if (!isPayable)
        {
            return Problem.From(DisbursementErrors.NotPayable);
        }
        if (document.On < ServicingDay.Of(account.AcceptedAt))
        {
            return Problem.From(DisbursementErrors.BeforeAcceptance);
        }
        var contract = account.ReadContract();
        if (!contract.Currency.HasScale(asked.Amount))
        {
            return Problem.From(ServicingErrors.Scale);
        }
        var state = LoanReplay.At(
            contract,
            [.. events, new Disbursed(asked.Id, asked.EffectiveOn, asked.Amount)],
            asked.EffectiveOn,
            await rates.GetAsync(ct)
        );
        if (state.Problems.FirstOrDefault(problem => problem.EventId == asked.Id) is { } found)
        {
            return Problem.From(ServicingErrors.OfProblem(found.Code));
        }
        db.Add(asked);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer(asked);
    }

    private static Created<DisbursementResponse> Answer(Disbursement asked) =>
        TypedResults.Created($"/api/v1/loan-accounts/{asked.LoanAccountId}/disbursements", DisbursementResponse.Of(asked));
}
