using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Lending.Identity.SingleSignOn;

/// <summary>What organisations' providers say of themselves: where they are asked, and by which keys they sign. A singleton.</summary>
internal sealed class ProviderConfigurations(
    IHttpClientFactory clients,
    IHostEnvironment environment,
    ILogger<ProviderConfigurations> logger
)
{
    private readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> managers = new(StringComparer.Ordinal);

    /// <summary>Whether providers have to be reached over TLS; else anybody on the way could answer in their place.</summary>
    public bool RequiresHttps { get; } = !environment.IsDevelopment();

    /// <summary>What this one says; null where it cannot be reached, or says what cannot be trusted.</summary>
    public async Task<OpenIdConnectConfiguration?> FindAsync(string authority, CancellationToken ct)
    {
        var manager = managers.GetOrAdd(
            authority,
            static (authority, client) =>
                new ConfigurationManager<OpenIdConnectConfiguration>(
                    $"{authority.TrimEnd('/')}/.well-known/openid-configuration",
                    new OpenIdConnectConfigurationRetriever(),
                    new DocumentRetriever(client.clients, client.RequiresHttps)
                ),
            (clients, RequiresHttps)
        );
        try
        {
            var configuration = await manager.GetConfigurationAsync(ct);
            // A document that speaks for somebody else is not the provider's (OpenID Connect Discovery, 4.3).
            return configuration.Issuer == authority && IsSafe(configuration.AuthorizationEndpoint) && IsSafe(configuration.TokenEndpoint)
                ? configuration
                : null;
        }
        // What could not be read, or made sense of.
        catch (InvalidOperationException unreachable)
        {
            logger.LogWarning(
                "An identity provider cannot be reached: {Reason}",
                (unreachable.InnerException ?? unreachable).GetType().Name
            );
            return null;
        }
    }

    /// <summary>Has the next login read it anew, at most every five minutes: perhaps the provider has new keys.</summary>
    public void Refresh(string authority) => managers[authority].RequestRefresh();

    private bool IsSafe(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (!RequiresHttps && url.Scheme == "http"));

    /// <summary>Takes a client from the factory for each document, which renews its connections from time to time.</summary>
    private sealed class DocumentRetriever(IHttpClientFactory clients, bool requiresHttps) : IDocumentRetriever
    {
        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            using var client = clients.CreateClient(OidcClient.HttpClientName);
            return await new HttpDocumentRetriever(client) { RequireHttps = requiresHttps }.GetDocumentAsync(address, cancel);
        }
    }
}
