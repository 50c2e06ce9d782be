using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FastEndpoints;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lending.FastEndpoints.Tests;

/// <summary>A real server with the endpoints that stand inside one class.</summary>
public sealed class TestApp : IAsyncDisposable
{
    public const int MaxBodyBytes = 20_000;

    private TestApp(WebApplication app) => App = app;

    public WebApplication App { get; }

    public HttpClient Client => ClientOf("");

    public static async Task<TestApp> StartAsync(Type[] endpoints, Action<Config>? configure = null, string environment = "Testing")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = MaxBodyBytes);
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, PermissionsInHeader>("Test", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy("Tuesday", policy => policy.RequireClaim("day", "Tuesday"));
        builder.Services.AddScoped<Counter>();
        builder.Services.Configure<JsonOptions>(options =>
        {
            options.SerializerOptions.Converters.Add(
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false)
            );
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        builder.Services.AddFastEndpoints(options =>
        {
            options.DisableAutoDiscovery = true;
            options.Assemblies = [typeof(TestApp).Assembly];
            options.Filter = type => !type.IsAssignableTo(typeof(IEndpoint)) || endpoints.Contains(type);
        });
        var app = builder.Build();
        app.Use(HandleBadRequests);
        app.UseAuthentication().UseAuthorization();
        app.UseFastEndpoints(config =>
        {
            config.Endpoints.RoutePrefix = "api";
            config.Versioning.Prefix = "v";
            config.Versioning.DefaultVersion = 1;
            config.Versioning.PrependToRoute = true;
            config.Errors.ResponseBuilder = (failures, _, status) =>
                new Failures(status, [.. failures.Select(failure => new Failure(failure.PropertyName, failure.ErrorMessage))]);
            configure?.Invoke(config);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestApp(app);
    }

    /// <summary>A client whose user has claims such as <c>permissions=offers.write;day=Tuesday</c>; an empty text means no user.</summary>
    public HttpClient ClientOf(string claims)
    {
        var client = new HttpClient { BaseAddress = new Uri(App.Urls.Single()) };
        if (claims.Length > 0)
        {
            client.DefaultRequestHeaders.Add("X-Claims", claims);
        }

        return client;
    }

    private static async Task HandleBadRequests(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException x)
        {
            http.Response.StatusCode = x.StatusCode;
            await http.Response.WriteAsync("handled");
        }
    }

    public RouteEndpoint Route(Type endpoint) =>
        App
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Single(route => route.Metadata.GetMetadata<EndpointDefinition>()?.EndpointType == endpoint);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

public sealed record Failure(string Field, string Message);

public sealed record Failures(int Status, IReadOnlyList<Failure> Errors)
{
    public string[] Fields => [.. Errors.Select(error => error.Field)];
}

/// <summary>A scoped service: each request has its own.</summary>
public sealed class Counter
{
    public int Calls { get; set; }
}

internal sealed class PermissionsInHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue("X-Claims", out var header))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var claims = header.ToString().Split(';').Select(pair => pair.Split('=')).Select(pair => new Claim(pair[0], pair[1]));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, "Test", ClaimTypes.Name, "role"));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, "Test")));
    }
}
