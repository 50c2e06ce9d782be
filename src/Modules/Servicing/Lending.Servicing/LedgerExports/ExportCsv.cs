using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Journal;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LedgerExports;

/// <summary>Answers the organisation's journal of a period as CSV: a line for each line of an entry, in all currencies, in the order of days.</summary>
/// <response code="200">The file.</response>
internal sealed class ExportCsv(ServicingDbContext db, JournalReader journal, OrganizationClock clock)
    : Endpoint<ExportCsv.Request, Results<PushStreamHttpResult, Problem>>
{
    internal sealed record Request : JournalPeriod;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new JournalPeriod.Rules());
    }

    public override void Configure()
    {
        Get("ledger-exports/csv");
        Permissions(ServicingPermission.Ledger);
        Description(route => route.Produces<Stream>(StatusCodes.Status200OK, JournalCsv.ContentType));
    }

    public override async Task<Results<PushStreamHttpResult, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        if (request.KnownAt > now)
        {
            return Problem.From(ServicingErrors.NotKnownYet);
        }
        var settings = await db.LedgerSettings.AsNoTracking().SingleOrDefaultAsync(ct);
        db.Note(AuditAction.Export, nameof(JournalEntryRow), entityId: null);
        await db.SaveChangesAsync(ct);
        // What is posted while it is written is not in it, whatever its day.
        var period = request with
        {
            KnownAt = request.KnownAt ?? now,
        };
        return TypedResults.Stream(
            stream => JournalCsv.WriteAsync(stream, journal.ReadAsync(period, null, ct), settings?.ReadNumbers() ?? ChartNumbers.Usual, ct),
            JournalCsv.ContentType,
            "journal.csv"
        );
    }
}
