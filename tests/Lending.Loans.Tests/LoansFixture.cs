using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Loans.Tests;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(LoansFixture))]

namespace Lending.Loans.Tests;

/// <summary>The Loans module alone, with fakes of its neighbours.</summary>
public sealed class LoansFixture : IAsyncLifetime
{
    public ModuleHost Host { get; private set; } = null!;

    internal FakeCustomers Customers { get; } = new();

    internal FakeOrganizations Organizations { get; } = new();

    public async ValueTask InitializeAsync() =>
        Host = await ModuleHost.StartAsync(
            new LoansModule(),
            services =>
                services
                    .AddSingleton<ICustomerDirectory>(Customers)
                    .AddSingleton<IOrganizationDirectory>(Organizations)
                    .AddSingleton<IAccessRevocations, NoRevocations>()
        );

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
