using Lending.Customers.Contracts;
using Lending.Documents.Contracts;
using Lending.Documents.Data;
using Lending.Documents.Files;
using Lending.Documents.Scanning;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Documents;

/// <summary>What became of a file that came.</summary>
/// <param name="Refusal">Why it is not taken, or null.</param>
/// <param name="Kept">The document that was made of it; null where it is not taken, or was there already.</param>
/// <param name="Known">What came of the same file the first time.</param>
internal sealed record Taken(Error? Refusal, Document? Kept, DocumentResponse? Known);

/// <summary>Looks into a file that came, and keeps it, once.</summary>
internal sealed class DocumentIntake(
    DocumentsDbContext db,
    ICustomerDirectory customers,
    Transactions transactions,
    FileExaminer examiner,
    IFileStore store,
    Caller caller,
    OrganizationClock clock
)
{
    /// <summary>Takes it, or tells why not. Nothing of a refused file is kept.</summary>
    public async Task<Taken> TakeAsync(Upload upload, SpooledFile file, CancellationToken ct)
    {
        var examined = await examiner.ExamineAsync(upload.Format, file.Open, ct);
        await using var clean = examined.Clean;
        return examined.Refusal is { } refusal
            ? new Taken(refusal, null, null)
            : await KeepAsync(upload, clean ?? file, isScanned: examined.Scan == ScanResult.Clean, ct);
    }

    private async Task<Taken> KeepAsync(Upload upload, SpooledFile file, bool isScanned, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        if (await customers.HoldAsync(upload.CustomerId, ct) is null)
        {
            return new Taken(Error.NoSuchThing, null, null);
        }
        if (await FindObstacleAsync(upload, ct) is { } obstacle)
        {
            return new Taken(obstacle, null, null);
        }
        if (await db.Documents.WhereSame(upload).ProjectToType<DocumentResponse>().SingleOrDefaultAsync(ct) is { } known)
        {
            return new Taken(null, null, known);
        }
        var document = Document.Receive(upload, file, isScanned, caller.Reference, clock.GetStorableNow());
        db.Add(document);
        await db.SaveChangesAsync(ct);
        // Last of all: whatever fails before leaves no file behind.
        await file.KeepInAsync(store, ct);
        await transaction.CommitAsync(ct);
        return new Taken(null, document, null);
    }

    private async Task<Error?> FindObstacleAsync(Upload upload, CancellationToken ct)
    {
        if (upload.RequestId is not { } requestId)
        {
            return null;
        }
        var asked = await db
            .DocumentRequests.Where(request => request.Id == requestId && request.CustomerId == upload.CustomerId)
            .Select(request => (DocumentKind?)request.Kind)
            .SingleOrDefaultAsync(ct);
        return asked is null ? DocumentErrors.UnknownRequest
            : asked != upload.Kind ? DocumentErrors.OtherKind
            : null;
    }
}
