using Lending.Identity.Contracts;
using Lending.Testing;

namespace Lending.Customers.Tests.Fakes;

internal sealed class FakeOrganizations : IOrganizationDirectory
{
    public static readonly OrganizationSummary Default = new(Unique.Id(), "Solar GmbH", "EUR", "Europe/Berlin", ApprovalTier.Default);

    public ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
        ValueTask.FromResult(Default with { Id = organizationId });

    public Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => ValueTask.FromResult(Default);
}
