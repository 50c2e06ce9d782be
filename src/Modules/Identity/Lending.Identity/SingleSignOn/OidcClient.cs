using System.Buffers.Text;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Lending.Identity.SingleSignOn;

/// <summary>
/// Talks to organisations' OpenID Connect providers: authorisation code flow with PKCE. What it hears is checked by the packages that ASP.NET Core's own
/// handler uses; that handler itself knows its providers at the start, and answers with redirects and cookies.
/// </summary>
internal sealed class OidcClient(
    IHttpClientFactory clients,
    ProviderConfigurations configurations,
    TimeProvider clock,
    ILogger<OidcClient> logger
)
{
    public const string HttpClientName = "identity-provider";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    // No symmetric ones: a client's secret is no key of the provider.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    // Checks nonce, at_hash and the authorised party. The state is ours to check.
    private static readonly OpenIdConnectProtocolValidator Protocol = new()
    {
        RequireStateValidation = false,
        RequireTimeStampInNonce = false,
    };

    private readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false };

    /// <summary>Where the browser has to go; null where the provider cannot be reached.</summary>
    public async Task<string?> CreateAuthorizationUrlAsync(
        IdentityProvider provider,
        SignOn signOn,
        string state,
        string email,
        Uri redirectUri,
        CancellationToken ct
    )
    {
        if (await configurations.FindAsync(provider.Authority, ct) is not { } configuration)
        {
            return null;
        }
        var request = new OpenIdConnectMessage
        {
            IssuerAddress = configuration.AuthorizationEndpoint,
            ClientId = provider.ClientId,
            RedirectUri = redirectUri.ToString(),
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = "openid email",
            State = state,
            Nonce = signOn.Nonce,
            LoginHint = email,
            EnableTelemetryParameters = false,
        };
        request.SetParameter("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(signOn.CodeVerifier))));
        request.SetParameter("code_challenge_method", "S256");
        return request.CreateAuthenticationRequestUrl();
    }

    /// <summary>The e-mail of who logged in at the provider, and which it has verified; null where anything is not as it should be.</summary>
    public async Task<string?> FindVerifiedEmailAsync(
        IdentityProvider provider,
        string clientSecret,
        SignOn signOn,
        string code,
        Uri redirectUri,
        CancellationToken ct
    )
    {
        try
        {
            if (await configurations.FindAsync(provider.Authority, ct) is not { } configuration)
            {
                return null;
            }
            var answer = await RedeemAsync(configuration, provider, clientSecret, signOn, code, redirectUri, ct);
            var identity = await ValidateAsync(configuration, provider, signOn, answer);
            var isVerified = string.Equals(identity.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase);
            return isVerified ? identity.FindFirst("email")?.Value : null;
        }
        catch (Exception refused)
            when (refused
                    is HttpRequestException
                        or SecurityTokenException
                        or OpenIdConnectProtocolException
                        or JsonException
                        or ArgumentException
                || (refused is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            // The type alone: messages quote tokens.
            logger.LogWarning("A login at an identity provider was refused: {Reason}", refused.GetType().Name);
            return null;
        }
    }

    private async Task<OpenIdConnectMessage> RedeemAsync(
        OpenIdConnectConfiguration configuration,
        IdentityProvider provider,
        string clientSecret,
        SignOn signOn,
        string code,
        Uri redirectUri,
        CancellationToken ct
    )
    {
        var request = new OpenIdConnectMessage
        {
            GrantType = OpenIdConnectGrantTypes.AuthorizationCode,
            Code = code,
            RedirectUri = redirectUri.ToString(),
            ClientId = provider.ClientId,
            ClientSecret = clientSecret,
            EnableTelemetryParameters = false,
        };
        request.SetParameter("code_verifier", signOn.CodeVerifier);
        using var client = clients.CreateClient(HttpClientName);
        using var content = new FormUrlEncodedContent(request.Parameters);
        using var answer = await client.PostAsync(configuration.TokenEndpoint, content, ct);
        answer.EnsureSuccessStatusCode();
        return new OpenIdConnectMessage(await answer.Content.ReadAsStringAsync(ct));
    }

    private async Task<ClaimsIdentity> ValidateAsync(
        OpenIdConnectConfiguration configuration,
        IdentityProvider provider,
        SignOn signOn,
        OpenIdConnectMessage answer
    )
    {
        var result = await tokens.ValidateTokenAsync(
            answer.IdToken,
            new TokenValidationParameters
            {
                ValidAlgorithms = Algorithms,
                ValidIssuer = provider.Authority,
                ValidAudience = provider.ClientId,
                IssuerSigningKeys = configuration.SigningKeys,
                LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
            }
        );
        if (!result.IsValid)
        {
            configurations.Refresh(provider.Authority);
            throw result.Exception;
        }
        Protocol.ValidateTokenResponse(
            new OpenIdConnectProtocolValidationContext
            {
                ClientId = provider.ClientId,
                Nonce = signOn.Nonce,
                ProtocolMessage = answer,
                ValidatedIdToken = new JwtSecurityToken(answer.IdToken),
            }
        );
        return result.ClaimsIdentity;
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } to && now < to + ClockSkew && (notBefore is not { } from || now >= from - ClockSkew);
    }
}
