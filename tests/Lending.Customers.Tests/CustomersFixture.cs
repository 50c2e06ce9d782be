using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Customers.Retention;
using Lending.Customers.Seeding;
using Lending.Customers.Tests;
using Lending.Customers.Tests.Fakes;
using Lending.Identity.Contracts;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

[assembly: AssemblyFixture(typeof(CustomersFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Customers.Tests;

/// <summary>The Customers module alone, for all tests of this process.</summary>
public sealed class CustomersFixture : IAsyncLifetime
{
    private ModuleHost host = null!;

    internal NpgsqlDataSource Database => host.Database;

    internal FakeCustomerAccounts Accounts => AccountsOf(host);

    internal FakeDeletionGuard Guard => host.Services.GetRequiredService<FakeDeletionGuard>();

    internal Task AdvanceSandboxAsync(Guid organizationId, TimeSpan time) => host.AdvanceSandboxAsync(organizationId, time);

    internal RetentionRun Retention => host.Services.GetRequiredService<RetentionRun>();

    /// <summary>Another instance of the job, as another process has it.</summary>
    internal RetentionRun AnotherRetention() => ActivatorUtilities.CreateInstance<RetentionRun>(host.Services);

    internal FakeStaff Staff => host.Services.GetRequiredService<FakeStaff>();

    internal AskedMessages Messages => host.Messages;

    internal HttpClient Anonymous => host.Client;

    public async ValueTask InitializeAsync() => host = await StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    internal static FakeCustomerAccounts AccountsOf(ModuleHost host) => new(host.Services.GetRequiredService<OwnerDatabase>(), db: null);

    internal static async Task<ModuleHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var started = await ModuleHost.StartAsync(
            new CustomersModule(),
            services =>
            {
                services.AddScoped<ICustomerAccounts, FakeCustomerAccounts>();
                services.AddSingleton<FakeDeletionGuard>();
                services.AddSingleton<ICustomerDeletionGuard>(provider => provider.GetRequiredService<FakeDeletionGuard>());
                services.AddSingleton<FakeStaff>();
                services.AddSingleton<IStaffDirectory>(provider => provider.GetRequiredService<FakeStaff>());
                services.AddSingleton<IOrganizationDirectory, FakeOrganizations>();
            },
            settings
        );
        await AccountsOf(started).CreateTableAsync();
        return started;
    }

    /// <summary>An installer of a new organisation, or of the one given.</summary>
    internal HttpClient Installer(Guid? organizationId = null) => host.ClientFor(Persons.Installer(organizationId ?? Unique.Id()));

    internal HttpClient ClientFor(AccessTokenSubject subject) => host.ClientFor(subject);

    /// <summary>Work inside the module as another module of the same process does it, for a caller who sees the whole organisation.</summary>
    internal Task<T> InModuleAsync<T>(Guid organizationId, Func<IServiceProvider, Task<T>> work) =>
        host.InModuleAsync(organizationId, work);

    internal Task<T> InDatabaseAsync<T>(Guid organizationId, Func<CustomersDbContext, Task<T>> work) =>
        InModuleAsync(organizationId, services => work(services.GetRequiredService<CustomersDbContext>()));

    /// <summary>Valid details of somebody whom no other test has.</summary>
    internal static CustomerDetails Person() =>
        Fake.Details(System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue)) with
        {
            Email = Unique.Email(),
        };
}
