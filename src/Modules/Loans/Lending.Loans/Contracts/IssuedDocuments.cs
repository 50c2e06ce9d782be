using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Contracts;

/// <summary>Receipts by their files, and offers that were accepted by the hash that stands in them. Nobody has to be logged in: who knows a hash has the document.</summary>
internal sealed class IssuedDocuments(LoansDbContext db, IOrganizationDirectory organizations, SealKeys keys) : IIssuedDocuments
{
    public async Task<IssuedDocument?> FindAsync(byte[] hash, CancellationToken ct)
    {
        var receipt = await db.OfferReceipts.OfEveryOrganization().AsNoTracking().FirstOrDefaultAsync(row => row.FileHash == hash, ct);
        if (receipt is not null)
        {
            return receipt.CheckSeal(keys) switch
            {
                // Somebody has written into the table who has no key.
                SignatureState.Wrong => null,
                var state => await OfAsync(
                    IssuedDocumentKind.AcceptanceReceipt,
                    receipt.OrganizationId,
                    receipt.SealedAt,
                    state == SignatureState.Right,
                    ct
                ),
            };
        }
        var accepted = await db
            .OfferAcceptances.OfEveryOrganization()
            .Where(row => row.DocumentHash == hash)
            .Select(row => new { row.OrganizationId, row.AcceptedAt })
            .FirstOrDefaultAsync(ct);
        return accepted is null
            ? null
            : await OfAsync(IssuedDocumentKind.AcceptedOffer, accepted.OrganizationId, accepted.AcceptedAt, isSealed: false, ct);
    }

    private async Task<IssuedDocument?> OfAsync(
        IssuedDocumentKind kind,
        Guid organizationId,
        DateTimeOffset at,
        bool isSealed,
        CancellationToken ct
    )
    {
        var organization = await organizations.GetAsync(organizationId, ct);
        // What is only tried out is no document of anybody's.
        return organization.IsSandbox ? null : new IssuedDocument(kind, LocalDay.Of(at, organization.TimeZone), isSealed);
    }
}
