using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
using Lending.Loans.Offers;
using Lending.Loans.Tests;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(LoansFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Loans.Tests;

/// <summary>The Loans module alone, with fakes of its neighbours.</summary>
public sealed class LoansFixture : IAsyncLifetime
{
    public ModuleHost Host { get; private set; } = null!;

    internal FakeCustomers Customers { get; } = new();

    internal FakeOrganizations Organizations { get; } = new();

    internal FakeStaff Staff { get; } = new();

    internal FakeGuards Guards { get; } = new();

    internal FakeInformation Information { get; } = new();

    /// <summary>Registers what only one test wants.</summary>
    public Action<IServiceCollection>? AddMore { get; init; }

    /// <summary>Settings beyond the defaults.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public async ValueTask InitializeAsync() => Host = await StartAsync(null, runsDeadlines: false);

    /// <summary>Starts a host beside this one; where it has its database, the two are instances of one product.</summary>
    /// <param name="connectionString">The database; null for one of its own.</param>
    /// <param name="runsDeadlines">Whether the clock brings things about by itself; else tests say when, so that nothing happens behind their backs.</param>
    public Task<ModuleHost> StartAsync(string? connectionString, bool runsDeadlines) =>
        ModuleHost.StartAsync(
            new LoansModule(),
            services =>
            {
                services
                    .AddSingleton(Customers)
                    .AddScoped<ICustomerDirectory, FakeCustomers.Directory>()
                    .AddSingleton<IOrganizationDirectory>(Organizations)
                    .AddSingleton<IStaffDirectory>(Staff)
                    .AddSingleton<IGivenInformation>(Information)
                    .AddSingleton(Guards)
                    .AddScoped<IOfferApprovalGuard, FakeGuards.OfApproval>()
                    .AddScoped<IAcceptanceGuard, FakeGuards.Silent>()
                    .AddScoped<IAcceptanceGuard, FakeGuards.OfAcceptance>()
                    .AddScoped<IChangedOffers, FakeGuards.OfChanges>();
                var job = services.Single(service => service.ImplementationType == typeof(OfferDeadlines));
                if (!runsDeadlines)
                {
                    services.Remove(job);
                }
                services.AddSingleton<OfferDeadlines>();
                AddMore?.Invoke(services);
            },
            connectionString is null
                ? Settings
                : new Dictionary<string, string?>(Settings, StringComparer.Ordinal) { ["ConnectionStrings:Lending"] = connectionString }
        );

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
