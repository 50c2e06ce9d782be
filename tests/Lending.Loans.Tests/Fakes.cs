using System.Collections.Concurrent;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Platform.Persistence;

namespace Lending.Loans.Tests;

/// <summary>Customers who exist because a test said so.</summary>
internal sealed class FakeCustomers
{
    private readonly ConcurrentDictionary<Guid, CustomerSummary> customers = new();

    public void Put(CustomerSummary customer) => customers[customer.Id] = customer;

    /// <summary>The customers as a request finds them.</summary>
    public sealed class Directory(FakeCustomers fake, Transactions transactions) : ICustomerDirectory
    {
        public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct)
        {
            // Outside a transaction the real one could not keep the customer from being deleted.
            transactions.IsOpen.ShouldBeTrue();
            return Task.FromResult(fake.customers.GetValueOrDefault(customerId));
        }
    }
}

/// <summary>Organisations that exist because a test said so.</summary>
internal sealed class FakeOrganizations : IOrganizationDirectory
{
    private readonly ConcurrentDictionary<Guid, OrganizationSummary> organizations = new();

    public void Put(OrganizationSummary organization) => organizations[organization.Id] = organization;

    /// <summary>As out of a cache that has not heard of what was decided since: whatever rests on that has to be read.</summary>
    public ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
        ValueTask.FromResult(
            organizations[organizationId] with
            {
                ApprovalTiers = ApprovalTier.Default,
                AllowPayoutBeforeWithdrawalEnds = false,
            }
        );

    public Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct) => Task.FromResult(organizations[organizationId]);

    public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => throw new NotSupportedException();
}
