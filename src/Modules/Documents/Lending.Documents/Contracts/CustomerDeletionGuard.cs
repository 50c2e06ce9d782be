using Lending.Customers.Contracts;
using Lending.Documents.Documents;
using Lending.Kernel;
using Lending.Platform.Persistence;

namespace Lending.Documents.Contracts;

/// <summary>Keeps customers who have documents: deleting a customer would leave them behind, and erasing one deletes them.</summary>
internal sealed class CustomerDeletionGuard(OrganizationSql sql) : ICustomerDeletionGuard
{
    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct) =>
        (await FindBoundAsync([customerId], ct)).Count > 0 ? DocumentErrors.CustomerHasDocuments : null;

    public async Task<IReadOnlyCollection<Guid>> FindBoundAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken ct)
    {
        var ids = customerIds.ToArray();
        FormattableString statement = $"""
            SELECT customer_id FROM documents.documents WHERE {sql.OfOrganization} AND customer_id = ANY ({ids})
            UNION
            SELECT customer_id FROM documents.document_requests WHERE {sql.OfOrganization} AND customer_id = ANY ({ids})
            """;
        return await sql.ReadAsync(statement, row => row.GetGuid(0), ct);
    }
}
