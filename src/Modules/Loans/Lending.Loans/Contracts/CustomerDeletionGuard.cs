using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Offers;
using Lending.Platform.Persistence;

namespace Lending.Loans.Contracts;

/// <summary>Keeps customers who have offers, or had one that became another customer's.</summary>
internal sealed class CustomerDeletionGuard(OrganizationSql sql) : ICustomerDeletionGuard
{
    public async Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct)
    {
        // Offers that the caller may not see keep the customer, too.
        FormattableString statement = $"""
            SELECT EXISTS (SELECT FROM loans.offers WHERE {sql.OfOrganization} AND customer_id = {customerId})
                OR EXISTS (SELECT FROM loans.offer_versions WHERE {sql.OfOrganization} AND customer_id = {customerId})
                OR EXISTS (SELECT FROM loans.offer_comments WHERE {sql.OfOrganization} AND customer_id = {customerId})
            """;
        return (await sql.ReadAsync(statement, row => row.GetBoolean(0), ct)).Single() ? OfferErrors.CustomerHasOffers : null;
    }

    public async Task<IReadOnlyCollection<Guid>> FindBoundAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken ct)
    {
        var ids = customerIds.ToArray();
        FormattableString statement = $"""
            SELECT customer_id FROM loans.offers WHERE {sql.OfOrganization} AND customer_id = ANY ({ids})
            UNION
            SELECT customer_id FROM loans.offer_versions WHERE {sql.OfOrganization} AND customer_id = ANY ({ids})
            UNION
            SELECT customer_id FROM loans.offer_comments WHERE {sql.OfOrganization} AND customer_id = ANY ({ids})
            """;
        return await sql.ReadAsync(statement, row => row.GetGuid(0), ct);
    }
}
