using Lending.Disclosures.Data;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Contracts;

/// <summary>Forms by the hash that stands in them, for whoever has one.</summary>
internal sealed class IssuedForms(DisclosuresDbContext db, IOrganizationDirectory organizations) : IIssuedDocuments
{
    public async Task<IssuedDocument?> FindAsync(byte[] hash, CancellationToken ct)
    {
        var form = await db
            .Disclosures.OfEveryOrganization()
            .Where(row => row.FormHash == hash)
            .Select(row => new { row.OrganizationId, row.CreatedAt })
            .FirstOrDefaultAsync(ct);
        if (form is null || await organizations.GetAsync(form.OrganizationId, ct) is not { IsSandbox: false } organization)
        {
            return null;
        }
        return new IssuedDocument(IssuedDocumentKind.PreContractualInformation, LocalDay.Of(form.CreatedAt, organization.TimeZone));
    }
}
