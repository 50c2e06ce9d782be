using Lending.Customers.Contracts;
using Lending.Documents.Data;
using Lending.Documents.Documents;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Documents.Contracts;

internal sealed class DocumentRequests(
    DocumentsDbContext db,
    ICustomerDirectory customers,
    ICustomerLinks links,
    INotifications notifications,
    Caller caller,
    OrganizationClock clock
) : IDocumentRequests
{
    public async Task<Guid?> AskAsync(Guid customerId, DocumentKind kind, int count, string? note, CancellationToken ct)
    {
        if (await customers.HoldAsync(customerId, ct) is not { } customer)
        {
            return null;
        }
        var asked = new DocumentRequest(customer.Id, kind, count, note, caller.Reference, clock.GetStorableNow());
        db.Add(asked);
        await db.SaveChangesAsync(ct);
        var link = await links.CreateAsync(customer, ct);
        await notifications.SendAsync(
            Message.DocumentsRequested(
                customer.Email,
                customer.Id,
                customer.FullName,
                EnumText.Of(kind),
                count,
                note,
                new PageLink(link.LinkId, link.Token)
            ),
            ct
        );
        return asked.Id;
    }

    public async Task<bool> AreApprovedAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct) =>
        !await db.DocumentRequests.AnyAsync(
            request =>
                requestIds.Contains(request.Id)
                && db.Documents.Count(document => document.RequestId == request.Id && document.Status == DocumentStatus.Approved)
                    < request.Count,
            ct
        );
}
