using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Persistence;

namespace Lending.Applications.Contracts;

/// <summary>Keeps customers who have applied.</summary>
internal sealed class CustomerDeletionGuard(OrganizationSql sql) : ICustomerDeletionGuard
{
    private static readonly Error HasApplications = Error.Conflict(
        "customer-has-applications",
        "The customer has applied for a loan, and can no longer be deleted. Erase the customer instead."
    );

    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct) =>
        (await FindBoundAsync([customerId], ct)).Count > 0 ? HasApplications : null;

    public async Task<IReadOnlyCollection<Guid>> FindBoundAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken ct)
    {
        var ids = customerIds.ToArray();
        // Applications that the caller may not see keep the customer, too.
        FormattableString statement = $"""
            SELECT customer_id FROM applications.applications WHERE {sql.OfOrganization} AND customer_id = ANY ({ids})
            UNION
            SELECT second_customer_id FROM applications.applications WHERE {sql.OfOrganization} AND second_customer_id = ANY ({ids})
            """;
        return await sql.ReadAsync(statement, row => row.GetGuid(0), ct);
    }
}
