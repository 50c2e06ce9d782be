using Lending.Documents.Checks;
using Lending.Documents.Data;
using Lending.Documents.Documents;
using Lending.Documents.Files;
using Lending.Kernel;
using Lending.Platform.Clocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lending.Documents.Contracts;

internal sealed class CustomerDocuments(
    DocumentsDbContext db,
    DocumentIntake intake,
    IOptions<FilesOptions> options,
    OrganizationClock clock
) : ICustomerDocuments
{
    public async Task<IReadOnlyList<AskedDocument>> ListAsync(CancellationToken ct)
    {
        var asked = await db
            .DocumentRequests.OrderByDescending(request => request.CreatedAt)
            .ThenByDescending(request => request.Id)
            .Take(ICustomerDocuments.MostRequests)
            .AsAnswers(db)
            .ToListAsync(ct);
        var ids = asked.ConvertAll(request => (Guid?)request.Id);
        var sent = await db
            .Documents.Where(document => ids.Contains(document.RequestId))
            .OrderByDescending(document => document.CreatedAt)
            .Select(document => new
            {
                document.RequestId,
                Sent = new SentDocument(
                    document.FileName,
                    document.Status,
                    document.Reason,
                    document.CommentForCustomer,
                    document.CreatedAt
                ),
            })
            .ToListAsync(ct);
        return asked.ConvertAll(request => new AskedDocument
        {
            Id = request.Id,
            Kind = request.Kind,
            Count = request.Count,
            Received = request.Received,
            Note = request.Note,
            AskedAt = request.CreatedAt,
            Sent = [.. sent.Where(document => document.RequestId == request.Id).Select(document => document.Sent)],
        });
    }

    public async Task<Error?> SendAsync(Guid requestId, SentFile file, CancellationToken ct)
    {
        if (await db.DocumentRequests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == requestId, ct) is not { } asked)
        {
            return DocumentErrors.UnknownRequest;
        }
        await using var incoming = new IncomingFile(options.Value.Folder!, Guid.CreateVersion7(clock.GetUtcNow()));
        if (await incoming.ReadAsync(file.Name, file.ContentType, file.Content, ct) is { } refusal)
        {
            return refusal;
        }
        return incoming.IsThere
            ? (await intake.TakeAsync(incoming.As(asked.CustomerId, asked.Kind, requestId), incoming.Spooled!, ct)).Refusal
            : FileErrors.NoFile;
    }
}
