using FastEndpoints;
using FluentValidation;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Payments.Sepa;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Statements;

/// <summary>
/// Imports a file of a bank (camt.053, camt.054 or pain.002) and books what is in it: debits that were paid or came back, payouts that were sent or came back, and
/// transfers that are known by their reference, or by account and amount. What is not known is a work item. The same file, and the same line in another file, is booked once; an import that broke off goes
/// on when the file is sent again.
/// </summary>
/// <response code="400">`validation-failed`; `unreadable-bank-file`: it is none of these files, or something in it cannot be read; `malformed-json`.</response>
/// <response code="409">
/// `statement-differs`: a statement with this id was imported before, and says something else. `concurrent-change`: somebody imports the same at the same time.
/// </response>
internal sealed class ImportBankStatement(
    PaymentsDbContext db,
    LineBooking booking,
    StatusReports reports,
    Caller caller,
    OrganizationClock clock
) : Endpoint<ImportBankStatement.Request, Results<Ok<ImportResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The text of the file.</summary>
        /// <example>&lt;Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"&gt;…&lt;/Document&gt;</example>
        public string Content { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Content).NotEmpty();
    }

    public override void Configure()
    {
        Post("bank-statements");
        Permissions(PaymentsPermission.Post);
        // Each line is a transaction, and the same file is the same import.
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<ImportResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var hash = BankStatementFile.HashOf(request.Content);
        var file = await db.BankStatementFiles.AsNoTracking().SingleOrDefaultAsync(known => known.ContentHash == hash, ct);
        if (file is null)
        {
            BankFile read;
            try
            {
                read = BankFileReader.Read(request.Content);
            }
            catch (BankFileException unreadable)
            {
                return Problem.From(StatementErrors.Unreadable(unreadable.Message));
            }
            file = BankStatementFile.Create(read, request.Content, caller.Reference, clock.GetStorableNow());
            if (!await AddAsync(file, read, ct))
            {
                return Problem.From(StatementErrors.Differs);
            }
        }
        var lines = db.BankLines.Where(line => line.BankStatementFileId == file.Id);
        // Those of a file whose import broke off, too: the next file may have the same lines, and would pass them over.
        var unbooked = await db
            .BankLines.Where(line => line.Status == BankLineStatus.New)
            .OrderBy(line => line.BankStatementFileId)
            .ThenBy(line => line.StatementId)
            .ThenBy(line => line.Page)
            .ThenBy(line => line.Entry)
            .ThenBy(line => line.Detail)
            .Select(line => line.Id)
            .ToListAsync(ct);
        foreach (var line in unbooked)
        {
            await booking.BookAsync(line, ct);
        }
        var counts = await lines
            .GroupBy(line => line.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        return TypedResults.Ok(
            new ImportResponse
            {
                Statement = file.Adapt<BankStatementResponse>(),
                Booked = counts.GetValueOrDefault(BankLineStatus.Booked),
                Open = counts.GetValueOrDefault(BankLineStatus.Open),
                Known = counts.GetValueOrDefault(BankLineStatus.Known),
                Dismissed = counts.GetValueOrDefault(BankLineStatus.Dismissed),
            }
        );
    }

    /// <summary>Stores the file with those of its lines that are not there yet, and follows what it reports; false where a line is there and says something else.</summary>
    private async Task<bool> AddAsync(BankStatementFile file, BankFile read, CancellationToken ct)
    {
        await using var transaction = await booking.BeginAsync(ct);
        var statementIds = read.Statements.Select(statement => statement.Id).ToList();
        var known = await db
            .BankLines.AsNoTracking()
            .Where(line => statementIds.Contains(line.StatementId))
            .ToDictionaryAsync(line => line.Place, ct);
        var lines = read
            .Statements.SelectMany(statement => statement.Lines.Select(line => BankLine.Create(file, statement, line)))
            .ToList();
        if (lines.Exists(line => known.TryGetValue(line.Place, out var same) && !line.SaysTheSameAs(same)))
        {
            return false;
        }
        db.Add(file);
        db.AddRange(lines.Where(line => !known.ContainsKey(line.Place)));
        await reports.FollowAsync(read.Reports, file.CreatedAt, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
