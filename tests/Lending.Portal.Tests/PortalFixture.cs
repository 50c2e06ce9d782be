using System.Collections.Concurrent;
using Lending.Applications.Contracts;
using Lending.Customers.Contracts;
using Lending.Disclosures.Contracts;
using Lending.Documents.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Notifications.Contracts;
using Lending.Portal.Tests;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(PortalFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Portal.Tests;

/// <summary>The pages alone. What they show and do is made up.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    public ModuleHost Host { get; private set; } = null!;

    internal FakeOffers Offers { get; } = new();

    internal FakeIssuedDocuments Documents { get; } = new();

    internal FakeUnsubscriptions Unsubscriptions { get; } = new();

    internal MadeUp Customers { get; } = new();

    public async ValueTask InitializeAsync() =>
        Host = await ModuleHost.StartAsync(
            new PortalModule(),
            services =>
                services
                    .AddSingleton<ILinkedOffers>(Offers)
                    .AddScoped<IGivenForms, FakeForms>()
                    .AddSingleton<IIssuedDocuments>(Documents)
                    .AddSingleton<IUnsubscriptions>(Unsubscriptions)
                    .AddSingleton(Customers)
                    .AddScoped<ICustomerLinks, FakeLinks>()
                    .AddScoped<ICustomerDocuments, FakeDocuments>()
                    .AddScoped<ICustomerApplications, FakeApplications>()
                    .AddSingleton<IOrganizationDirectory, FakeOrganizations>()
        );

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>Offers that exist because a test said so; it also says what goes wrong.</summary>
internal sealed class FakeOffers : ILinkedOffers
{
    public ConcurrentDictionary<OfferKey, LinkedOffer> Known { get; } = new();

    /// <summary>What an answer to the offer is refused with.</summary>
    public ConcurrentDictionary<Guid, Error> Errors { get; } = new();

    /// <summary>Offers at whose reading something breaks.</summary>
    public ConcurrentDictionary<Guid, bool> Broken { get; } = new();

    /// <summary>What was done to offers, in order.</summary>
    public ConcurrentQueue<(Guid OfferId, string What, object? With)> Done { get; } = new();

    public Task<LinkedOffer?> ReadAsync(OfferKey key, CancellationToken ct) =>
        Broken.ContainsKey(key.OfferId)
            ? throw new InvalidOperationException("It breaks because a test wants it to.")
            : Task.FromResult(Known.GetValueOrDefault(key));

    public Task<byte[]?> ReadDocumentAsync(OfferKey key, string language, CancellationToken ct) =>
        Task.FromResult(Known.ContainsKey(key) ? System.Text.Encoding.ASCII.GetBytes($"%PDF-{language}") : null);

    public Task<Error?> SendCodeAsync(OfferKey key, string session, CancellationToken ct) => Do(key, "code", session);

    public Task<Error?> AcceptAsync(OfferKey key, LinkSignature signature, OfferCode code, CancellationToken ct) =>
        Do(key, "accept", (signature, code));

    public Task<Error?> DeclineAsync(OfferKey key, string? comment, CancellationToken ct) => Do(key, "decline", comment);

    public Task<Error?> WithdrawAsync(OfferKey key, OfferCode code, CancellationToken ct) => Do(key, "withdraw", code);

    private Task<Error?> Do(OfferKey key, string what, object? with)
    {
        Done.Enqueue((key.OfferId, what, with));
        return Task.FromResult(Errors.GetValueOrDefault(key.OfferId));
    }
}

/// <summary>Tokens that work because a test said so.</summary>
internal sealed class FakeUnsubscriptions : IUnsubscriptions
{
    public ConcurrentDictionary<string, string> Topics { get; } = new(StringComparer.Ordinal);

    /// <summary>The tokens that were used, each as often as it was.</summary>
    public ConcurrentQueue<string> Used { get; } = new();

    public string? TopicOf(string token) => Topics.GetValueOrDefault(token);

    public Task<bool> SwitchOffAsync(string token, CancellationToken ct)
    {
        Used.Enqueue(token);
        return Task.FromResult(Topics.ContainsKey(token));
    }
}

/// <summary>Documents that are ours because a test said so.</summary>
internal sealed class FakeIssuedDocuments : IIssuedDocuments
{
    /// <summary>By their hashes in lower-case hexadecimal digits.</summary>
    public ConcurrentDictionary<string, IssuedDocument> Known { get; } = new(StringComparer.Ordinal);

    public Task<IssuedDocument?> FindAsync(byte[] hash, CancellationToken ct) =>
        Task.FromResult(Known.GetValueOrDefault(Convert.ToHexStringLower(hash)));
}
