using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Documents.Files;
using Lending.Documents.Scanning;
using Lending.Kernel;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lending.Documents.Documents;

/// <summary>
/// What is left to do: scanning what is in quarantine, and deleting files that nobody needs any more. Several instances share the
/// work: each row is one's at a time.
/// </summary>
internal sealed class DocumentUpkeep(
    IServiceScopeFactory scopes,
    VirusScanner scanner,
    FileExaminer examiner,
    IFileStore store,
    IOptions<FilesOptions> options,
    TimeProvider clock,
    ILogger<DocumentUpkeep> logger
) : RepeatedJob(clock, logger)
{
    private const int RowsAtOnce = 100;

    // An upload takes a quarter of an hour at most, so its host is gone.
    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override TimeSpan? FirstAfter => TimeSpan.FromSeconds(5);

    protected override string Failure => "Documents cannot be looked after now";

    protected override async Task DoAsync(CancellationToken ct)
    {
        await TryAsync(() => ScanAsync(ct), ct);
        await TryAsync(() => DeleteFilesAsync(ct), ct);
        SpooledFile.DeleteLeftOver(options.Value.Folder!, Clock.GetUtcNow() - LongestUpload);
    }

    /// <summary>Scans what is in quarantine, if somebody scans again.</summary>
    public async Task ScanAsync(CancellationToken ct)
    {
        // Asked also where nothing waits, so that readiness tells the truth.
        if (!await scanner.PingAsync(ct))
        {
            return;
        }
        foreach (var row in await FindQuarantinedAsync(ct))
        {
            await TryAsync(() => ScanAsync(row, ct), ct);
        }
    }

    /// <summary>Deletes files from the store whose rows are gone.</summary>
    public async Task DeleteFilesAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var discarded = await scope
            .ServiceProvider.GetRequiredService<DocumentsDbContext>()
            .DiscardedFiles.OfEveryOrganization()
            .OrderBy(file => file.DiscardedAt)
            .Take(RowsAtOnce)
            .Select(file => new Row(file.Id, file.OrganizationId))
            .ToListAsync(ct);
        foreach (var file in discarded)
        {
            // Twice does no harm: what is not there is deleted.
            await store.DeleteAsync(file.Id, ct);
            await using var own = ScopeOf(file.OrganizationId);
            await own
                .ServiceProvider.GetRequiredService<DocumentsDbContext>()
                .DiscardedFiles.Where(row => row.Id == file.Id)
                .ExecuteDeleteAsync(ct);
        }
    }

    private Task ScanAsync(Row row, CancellationToken ct) =>
        ChangeAsync(
            row,
            async (db, document) =>
            {
                var examined = await examiner.ExamineAsync(document.Format, () => document.Open(store), ct);
                var before = document.FileId!.Value;
                switch (examined)
                {
                    case { Scan: ScanResult.Unavailable }:
                        return null;
                    case { Scan: ScanResult.Infected }:
                        Logger.LogWarning("A virus was found in document {Document}", document.Id);
                        document.Condemn(DocumentStatus.Infected);
                        break;
                    case { Refusal: not null }:
                        document.Condemn(DocumentStatus.Unreadable);
                        break;
                    default:
                        document.Release(examined.Clean);
                        break;
                }
                if (document.FileId != before)
                {
                    db.Add(new DiscardedFile(before, Clock.GetStorableNow()));
                }
                return examined.Clean;
            },
            ct
        );

    private async Task<List<Row>> FindQuarantinedAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<DocumentsDbContext>()
            .Documents.OfEveryOrganization()
            .Where(document => document.Status == DocumentStatus.Quarantined)
            .OrderBy(document => document.CreatedAt)
            .Take(RowsAtOnce)
            .Select(document => new Row(document.Id, document.OrganizationId))
            .ToListAsync(ct);
    }

    /// <summary>Locks a document, unless another instance has it or it has gone on since, and changes it; a new file of it is kept with the change.</summary>
    private async Task ChangeAsync(Row row, Func<DocumentsDbContext, Document, Task<SpooledFile?>> changeAsync, CancellationToken ct)
    {
        await using var scope = ScopeOf(row.OrganizationId);
        var db = scope.ServiceProvider.GetRequiredService<DocumentsDbContext>();
        var sql = scope.ServiceProvider.GetRequiredService<OrganizationSql>();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(ct);
        FormattableString locking = $"""
            SELECT id FROM documents.documents WHERE {sql.OfOrganization} AND id = {row.Id} AND status = 'QUARANTINED' FOR UPDATE SKIP LOCKED
            """;
        if (await sql.ReadAsync(locking, found => found.GetGuid(0), ct) is not [var id])
        {
            return;
        }
        var document = await db.Documents.SingleAsync(one => one.Id == id, ct);
        await using var file = await changeAsync(db, document);
        await db.SaveChangesAsync(ct);
        if (file is not null)
        {
            await file.KeepInAsync(store, ct);
        }
        await transaction.CommitAsync(ct);
    }

    private AsyncServiceScope ScopeOf(Guid organizationId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, UserReference.System);
        return scope;
    }

    private sealed record Row(Guid Id, Guid OrganizationId);
}
