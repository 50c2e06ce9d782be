using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;

namespace Lending.Host;

/// <summary>
/// Outside Development, an application whose <c>PublicUrl</c> is https is answered over https alone; only health checks come over http, too. TLS ends here,
/// or at a known proxy that says so in <c>X-Forwarded-Proto</c>.
/// </summary>
internal static class HttpsOnly
{
    public static bool IsHttpsOnly(this WebApplication app) => IsHttpsOnly(app.Environment, app.Configuration);

    public static void AddHttpsOnly(this WebApplicationBuilder builder)
    {
        if (!IsHttpsOnly(builder.Environment, builder.Configuration))
        {
            return;
        }
        builder
            .Services.AddOptions<HttpsRedirectionOptions>()
            .Configure<PublicUrl>(
                (redirection, publicUrl) =>
                {
                    redirection.HttpsPort = publicUrl.Value.Port;
                    redirection.RedirectStatusCode = StatusCodes.Status308PermanentRedirect;
                }
            )
            // Else everybody would be redirected to what is redirected again.
            .Validate<IConfiguration>(
                (_, configuration) => ListensOnHttps(configuration) || configuration.GetSection("Proxies:Known").GetChildren().Any(),
                $"{PublicUrl.Setting} is https, but nothing here speaks it: name the proxies that do in {ProxySettings.Section}__Known__0 and so on, or give "
                    + "ASPNETCORE_URLS an https address. To try it out on one machine, http://localhost is allowed, too."
            )
            .ValidateOnStart();
    }

    /// <summary>
    /// Pages are redirected. The API refuses, and so do the published keys: if they redirected, nobody would notice that a client sends its secrets in
    /// clear, or believes keys that somebody on the way made.
    /// </summary>
    public static void UseHttpsOnly(this WebApplication app)
    {
        if (!app.IsHttpsOnly())
        {
            return;
        }
        app.UseWhen(
            context => !context.Request.IsHttps && !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase),
            plain =>
            {
                plain.Map("/api", preserveMatchedPathSegment: true, api => api.Run(RefuseAsync));
                plain.Map(PublishedKeys.Path, preserveMatchedPathSegment: true, keys => keys.Run(RefuseAsync));
                plain.UseHttpsRedirection();
            }
        );
    }

    private static Task RefuseAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedProtoHeaderName))
        {
            context
                .RequestServices.GetRequiredService<ILogger<PublicUrl>>()
                .LogWarning(
                    "A proxy at {Address} says how a request came to it, and is not believed: it is not in {Setting}",
                    context.Connection.RemoteIpAddress,
                    $"{ProxySettings.Section}__Known"
                );
        }
        return Problem
            .Of(
                StatusCodes.Status403Forbidden,
                "https-required",
                "This arrived over http. If you sent it so, others may have read it: use https, and change the credentials that you sent. If you used "
                    + "https, the proxy in between is not known here."
            )
            .ExecuteAsync(context);
    }

    private static bool IsHttpsOnly(IHostEnvironment environment, IConfiguration configuration) =>
        !environment.IsDevelopment()
        && Uri.TryCreate(configuration[PublicUrl.Setting], UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps;

    private static bool ListensOnHttps(IConfiguration configuration) =>
        configuration[WebHostDefaults.ServerUrlsKey]?.Contains("https://", StringComparison.OrdinalIgnoreCase) is true
        || configuration[WebHostDefaults.HttpsPortsKey] is { Length: > 0 }
        || configuration
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Any(endpoint => endpoint["Url"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) is true);
}
