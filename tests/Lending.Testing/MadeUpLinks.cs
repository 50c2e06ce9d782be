using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Security;

namespace Lending.Testing;

/// <summary>Links to the pages of customers, for modules that mail them and never open one.</summary>
public sealed class MadeUpLinks : ICustomerLinks
{
    /// <inheritdoc />
    public Task<CustomerLinkKey> CreateAsync(CustomerSummary customer, CancellationToken ct) =>
        Task.FromResult(new CustomerLinkKey(customer.Id, Secret.New()));

    /// <inheritdoc />
    public Task<OpenedLink?> OpenAsync(CustomerLinkKey key, string session, CancellationToken ct) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<Error?> SendCodeAsync(CustomerLinkKey key, string session, CancellationToken ct) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<Error?> ConfirmAsync(CustomerLinkKey key, string session, string digits, CancellationToken ct) =>
        throw new NotSupportedException();
}
