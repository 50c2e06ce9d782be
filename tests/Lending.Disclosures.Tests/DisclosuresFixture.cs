using System.Collections.Concurrent;
using Lending.Customers.Contracts;
using Lending.Disclosures.Reminders;
using Lending.Disclosures.Tests;
using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(DisclosuresFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Disclosures.Tests;

/// <summary>The Disclosures module alone, for all tests of this process. Offers, customers and organisations are made up.</summary>
public sealed class DisclosuresFixture : IAsyncLifetime
{
    public ModuleHost Host { get; private set; } = null!;

    internal FakeCredits Credits { get; } = new();

    internal FakeCustomers Customers { get; } = new();

    internal FakeOutcomes Outcomes { get; } = new();

    public async ValueTask InitializeAsync() =>
        Host = await ModuleHost.StartAsync(
            new DisclosuresModule(),
            services =>
            {
                // Tests say when reminders are sent.
                services.Remove(services.Single(service => service.ImplementationType == typeof(WithdrawalReminders)));
                services
                    .AddSingleton<WithdrawalReminders>()
                    .AddSingleton<IOfferedCredits>(Credits)
                    .AddSingleton<IAcceptedOffers>(Credits)
                    .AddSingleton<IWithdrawalLinks>(Credits)
                    .AddSingleton<ICustomerLinks, MadeUpLinks>()
                    .AddSingleton<ICustomerDirectory>(Customers)
                    .AddSingleton<IMessageOutcomes>(Outcomes)
                    .AddSingleton<IOrganizationDirectory, FakeOrganizations>();
            }
        );

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>Offers that exist because a test said so.</summary>
internal sealed class FakeCredits : IOfferedCredits, IAcceptedOffers, IWithdrawalLinks
{
    public ConcurrentDictionary<Guid, OfferedCredit> Known { get; } = new();

    /// <summary>Which were handed to their customers.</summary>
    public ConcurrentDictionary<Guid, bool> Given { get; } = new();

    /// <summary>Which were accepted.</summary>
    public ConcurrentDictionary<Guid, AcceptedOffer> Accepted { get; } = new();

    /// <summary>The secrets of links to withdraw.</summary>
    public ConcurrentDictionary<Guid, string> WithdrawalTokens { get; } = new();

    public Task<string?> CreateAsync(Guid offerId, string email, CancellationToken ct) =>
        Task.FromResult<string?>(WithdrawalTokens.GetOrAdd(offerId, _ => Secret.New()));

    public Task<OfferedCredit?> FindAsync(Guid offerId, CancellationToken ct) => Task.FromResult(Known.GetValueOrDefault(offerId));

    public Task<OfferedCredit?> GiveAsync(Guid offerId, CancellationToken ct)
    {
        Given[offerId] = true;
        return FindAsync(offerId, ct);
    }

    Task<AcceptedOffer?> IAcceptedOffers.FindAsync(Guid offerId, CancellationToken ct) =>
        Task.FromResult(Accepted.GetValueOrDefault(offerId));

    Task<IReadOnlySet<Guid>> IAcceptedOffers.HoldPayableAsync(IReadOnlyCollection<Guid> offerIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<Guid>>(offerIds.Where(Accepted.ContainsKey).ToHashSet());
}

/// <summary>Customers who exist because a test said so.</summary>
internal sealed class FakeCustomers : ICustomerDirectory
{
    public ConcurrentDictionary<Guid, CustomerSummary> Known { get; } = new();

    public Task<CustomerSummary?> HoldAsync(Guid customerId, CancellationToken ct) => Task.FromResult(Known.GetValueOrDefault(customerId));
}

/// <summary>Every mail arrives that no test says otherwise of.</summary>
internal sealed class FakeOutcomes : IMessageOutcomes
{
    /// <summary>The mails about these to these customers failed.</summary>
    public ConcurrentDictionary<(Guid CustomerId, Guid AboutId), bool> Undelivered { get; } = new();

    public Task<IReadOnlySet<Guid>> FindUndeliveredAsync(Guid customerId, IReadOnlyCollection<Guid> aboutIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<Guid>>(aboutIds.Where(id => Undelivered.ContainsKey((customerId, id))).ToHashSet());
}

/// <summary>Every organisation is there, in Berlin.</summary>
internal sealed class FakeOrganizations : IOrganizationDirectory
{
    public ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct) =>
        ValueTask.FromResult(new OrganizationSummary(organizationId, "Solar GmbH", "EUR", "Europe/Berlin", ApprovalTier.Default));

    public Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct) => GetAsync(organizationId, ct).AsTask();

    public ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct) => throw new NotSupportedException();
}
