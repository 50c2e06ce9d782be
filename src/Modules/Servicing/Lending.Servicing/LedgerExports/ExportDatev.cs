using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
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

/// <summary>
/// Answers the organisation's journal of a period as a file that DATEV imports (EXTF, Buchungsstapel): of loans in one currency, in one fiscal year.
/// Accounts have the numbers of the settings.
/// </summary>
/// <response code="200">The file.</response>
/// <response code="409">`ledger-settings-missing`: the numbers of tax adviser and client are not set.</response>
internal sealed class ExportDatev(ServicingDbContext db, JournalReader journal, OrganizationClock clock)
    : Endpoint<ExportDatev.Request, Results<PushStreamHttpResult, Problem>>
{
    internal sealed record Request : JournalPeriod
    {
        /// <summary>The currency of the loans; euro if it is left out.</summary>
        /// <example>EUR</example>
        [QueryParam]
        public string? Currency { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new JournalPeriod.Rules());
            RuleFor(request => request.Currency)
                .Must(code => code is null || Currency.TryFind(code, out _))
                .WithErrorCode("unknown-currency")
                .WithMessage("It is the code of a currency.");
        }
    }

    public override void Configure()
    {
        Get("ledger-exports/datev");
        Permissions(ServicingPermission.Ledger);
        Description(route => route.Produces<Stream>(StatusCodes.Status200OK, JournalCsv.ContentType));
    }

    public override async Task<Results<PushStreamHttpResult, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var now = clock.GetStorableNow();
        var currency = Currency.Get(request.Currency ?? "EUR");
        if (request.KnownAt > now || currency.MinorUnitDigits > 2)
        {
            return Problem.From(request.KnownAt > now ? ServicingErrors.NotKnownYet : ExportErrors.NotOfCents);
        }
        if (await db.LedgerSettings.AsNoTracking().SingleOrDefaultAsync(ct) is not { } settings)
        {
            return Problem.From(ExportErrors.NoSettings);
        }
        if (settings.FiscalYearOf(request.From!.Value) != settings.FiscalYearOf(request.To!.Value))
        {
            return Problem.From(ExportErrors.NotOneFiscalYear);
        }
        db.Note(AuditAction.Export, nameof(JournalEntryRow), entityId: null);
        await db.SaveChangesAsync(ct);
        // What is posted while it is written is not in it, whatever its day.
        var period = request with
        {
            KnownAt = request.KnownAt ?? now,
        };
        var batch = new DatevBatch(settings, currency, request.From.Value, request.To.Value, now);
        return TypedResults.Stream(
            stream => batch.WriteAsync(stream, journal.ReadAsync(period, currency.Code, ct), ct),
            DatevBatch.ContentType,
            $"EXTF_Buchungsstapel_{request.From:yyyyMMdd}_{request.To:yyyyMMdd}.csv"
        );
    }
}
