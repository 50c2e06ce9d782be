using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Web;
using Lending.Testing;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Lending.Identity.Tests.SingleSignOn;

/// <summary>An OpenID Connect provider in this process, on OpenIddict, at which whoever comes is logged in at once as <see cref="Person"/>.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "lending";

    private readonly WebApplication app;

    private TestProvider(WebApplication app, SecurityKey key)
    {
        this.app = app;
        Key = key;
    }

    public string ClientSecret { get; } = $"secret-{Unique.Text()}";

    /// <summary>The issuer, as OpenIddict writes it: with a slash at the end.</summary>
    public string Authority => app.Urls.First() + "/";

    /// <summary>Who logs in.</summary>
    public (string Email, bool IsVerified) Person { get; set; }

    /// <summary>What becomes of an id token on its way to the client.</summary>
    public Func<string, string> Forge { get; set; } = token => token;

    /// <summary>The key that id tokens are signed with, for tokens that only the provider can make.</summary>
    public SecurityKey Key { get; }

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "test" };
        var store = $"provider-{Unique.Text()}";
        builder.Services.AddDbContext<DbContext>(options =>
            options
                .UseInMemoryDatabase(store)
                .ConfigureWarnings(warnings => warnings.Ignore(InMemoryEventId.TransactionIgnoredWarning))
                .UseOpenIddict()
        );
        builder
            .Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>().DisableBulkOperations())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(Scopes.Email);
                server.AddEphemeralEncryptionKey().AddSigningKey(key);
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        var built = builder.Build();
        var provider = new TestProvider(built, key);
        built.Use(provider.ForgeAsync);
        built.UseAuthentication();
        built.MapGet("/authorize", provider.LogIn);
        await built.StartAsync();
        // The first answers take long on a busy machine, longer than the host waits for a provider.
        using var client = new HttpClient { BaseAddress = new Uri(provider.Authority) };
        foreach (var path in (string[])[".well-known/openid-configuration", ".well-known/jwks", "authorize", "token"])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        }
        return provider;
    }

    /// <summary>Makes our client known.</summary>
    public async Task RegisterAsync(Uri redirectUri)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>()
            .CreateAsync(
                new OpenIddictApplicationDescriptor
                {
                    ClientId = ClientId,
                    ClientSecret = ClientSecret,
                    RedirectUris = { redirectUri },
                    Permissions =
                    {
                        Permissions.Endpoints.Authorization,
                        Permissions.Endpoints.Token,
                        Permissions.GrantTypes.AuthorizationCode,
                        Permissions.ResponseTypes.Code,
                        Permissions.Scopes.Email,
                    },
                }
            );
    }

    /// <summary>What the browser does: it goes to the provider, and comes back with a code.</summary>
    public static async Task<(string Code, string State)> VisitAsync(Uri authorizationUrl)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(authorizationUrl);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        var back = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        return (back["code"].ShouldNotBeNull(answer.Headers.Location.Query), back["state"]!);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult LogIn(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType);
        identity
            .SetClaim(Claims.Subject, "somebody")
            .SetClaim(Claims.Email, Person.Email)
            .SetClaim(Claims.EmailVerified, Person.IsVerified);
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private async Task ForgeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/token")
        {
            await next(context);
            return;
        }
        var sent = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        await next(context);
        context.Response.Body = sent;
        var answer = JsonNode.Parse(written.ToArray());
        if (answer?["id_token"] is { } token)
        {
            answer["id_token"] = Forge(token.GetValue<string>());
        }
        context.Response.ContentLength = null;
        await context.Response.WriteAsync(answer?.ToJsonString() ?? "");
    }
}
