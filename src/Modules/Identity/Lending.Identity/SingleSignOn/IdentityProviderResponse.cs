using Lending.Platform.Http;

namespace Lending.Identity.SingleSignOn;

/// <summary>Where an organisation's staff log in. The client's secret is never answered.</summary>
internal sealed record IdentityProviderResponse
{
    /// <summary>The provider's issuer.</summary>
    /// <example>https://login.example.org</example>
    public required string Authority { get; init; }

    /// <summary>The id of our client at the provider.</summary>
    /// <example>lending</example>
    public required string ClientId { get; init; }

    /// <summary>The domains of e-mails whose owners log in there.</summary>
    /// <example>["example.org"]</example>
    public required IReadOnlyList<string> EmailDomains { get; init; }

    /// <summary>Whether logins go there.</summary>
    /// <example>true</example>
    public required bool Active { get; init; }

    /// <summary>The redirect URI to register at the provider.</summary>
    /// <example>https://lending.example.org/login/callback</example>
    public required Uri RedirectUri { get; init; }

    public static IdentityProviderResponse Of(IdentityProvider provider, PublicUrl publicUrl) =>
        new()
        {
            Authority = provider.Authority,
            ClientId = provider.ClientId,
            EmailDomains = [.. provider.Domains.Select(domain => domain.Name).Order(StringComparer.Ordinal)],
            Active = provider.Active,
            RedirectUri = SingleSignOn.RedirectUri.Of(publicUrl),
        };
}
