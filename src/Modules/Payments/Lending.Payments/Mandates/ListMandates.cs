using FastEndpoints;
using Lending.Kernel;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Mandates;

/// <summary>Lists the mandates of the caller's organisation, newest first. Their accounts are masked.</summary>
internal sealed class ListMandates(PaymentsDbContext db) : Endpoint<ListMandates.Request, Ok<Page<MandateResponse>>>
{
    internal sealed record Request : PageRequest
    {
        /// <summary>Only mandates of this loan account.</summary>
        public Guid? LoanAccountId { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    public override void Configure()
    {
        Get("mandates");
        Permissions(PaymentsPermission.Read);
        this.TellsOfPersons<MandateResponse>(nameof(Mandate), mandate => mandate.Id, mandate => mandate.CustomerId);
    }

    public override async Task<Ok<Page<MandateResponse>>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var mandates = db.Mandates.Where(mandate => request.LoanAccountId == null || mandate.LoanAccountId == request.LoanAccountId);
        var total = request.IncludeTotal ? await mandates.LongCountAsync(ct) : (long?)null;
        // Whole entities, as accounts are encrypted.
        var rows = await mandates.AsNoTracking().PageNewestFirst(request).ToListAsync(ct);
        return TypedResults.Ok(
            request.Page(rows.ConvertAll(row => row.Adapt<MandateResponse>()), total, row => Cursor.At(row.CreatedAt, row.Id))
        );
    }
}
