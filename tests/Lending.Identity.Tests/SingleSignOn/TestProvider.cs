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
public sealed class TestProvider : IAsyncLifetime
{
    public const string ClientId = "lending";

    private WebApplication app = null!;

    public string ClientSecret { get; } = $"secret-{Unique.Text()}";

    /// <summary>The issuer, as OpenIddict writes it: with a slash at the end.</summary>
    public string Authority => app.Urls.First() + "/";

    /// <summary>Who logs in.</summary>
    public (string Email, bool IsVerified) Person { get; set; }

    /// <summary>What becomes of an id token on its way to the client.</summary>
    public Func<string, string> Forge { get; set; } = token => token;

    /// <summary>The key that id tokens are signed with, for tokens that only the provider can make.</summary>
    public SecurityKey Key { get; } = new RsaSecurityKey(RSA.Create(2048)) { KeyId = "test" };

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
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
                server.AddEphemeralEncryptionKey().AddSigningKey(Key);
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        app = builder.Build();
        app.Use(ForgeAsync);
        app.UseAuthentication();
        app.MapGet("/authorize", LogIn);
        await app.StartAsync();
        // The first answers take long on a busy machine, longer than the host waits for a provider.
        using var client = new HttpClient { BaseAddress = new Uri(Authority) };
        foreach (var path in (string[])[".well-known/openid-configuration", ".well-known/jwks", "authorize", "token"])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        }
    }

    /// <summary>Makes our client known, if it is not yet.</summary>
    public async Task RegisterAsync(Uri redirectUri)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await clients.FindByClientIdAsync(ClientId) is not null)
        {
            return;
        }
        await clients.CreateAsync(
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
