using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Disbursements;

/// <summary>Turns down a payout that somebody asked for; who asked for it takes it back so.</summary>
/// <response code="409">
/// `disbursement-decided`: it was confirmed, rejected or taken back already. `concurrent-change`: somebody decided at the same time.
/// </response>
internal sealed class RejectDisbursement(ServicingDbContext db, Caller caller, OrganizationClock clock)
    : EndpointWithoutRequest<Results<Ok<DisbursementResponse>, Problem>>
{
    public override void Configure()
    {
        Post("disbursements/{id:guid}/rejection");
        Permissions(ServicingPermission.Payout);
        this.TellsOfPersons(nameof(LoanAccount));
    }

    public override async Task<Results<Ok<DisbursementResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.Disbursements.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } asked)
        {
            return Problem.NotFound;
        }
        if (asked.Reject(caller.Reference, clock.GetStorableNow()) is { } error)
        {
            return Problem.From(error);
        }
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(DisbursementResponse.Of(asked));
    }
}
