using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Lending.Host;

/// <summary>Whose word about a client's address is believed; configuration section <c>Proxies</c>.</summary>
internal sealed class ProxySettings : IValidatableObject
{
    public const string Section = "Proxies";

    /// <summary>Addresses or networks, such as <c>10.0.0.7</c> or <c>10.0.0.0/24</c>; none by default.</summary>
    public string[] Known { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Known
            .Where(proxy => !IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _))
            .Select(proxy => new ValidationResult(
                $"{Section}__Known: '{proxy}' is neither an address (10.0.0.7) nor a network (10.0.0.0/24)."
            ));
}

/// <summary>
/// Behind a proxy, a request seems to come from it. What the proxy says in <c>X-Forwarded-For</c> and <c>-Proto</c> is believed if its address is
/// configured, else ignored, as any client could say so. <c>X-Forwarded-Host</c> is never believed: no address in an answer or a mail is made of it.
/// </summary>
internal static class ConfiguredProxies
{
    private const string TrustsEverybody = "ForwardedHeaders_Enabled";

    public static void AddConfiguredProxies(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>(TrustsEverybody))
        {
            throw new InvalidOperationException(
                $"ASPNETCORE_FORWARDEDHEADERS_ENABLED would believe everybody's X-Forwarded-For. Name your proxies in {ProxySettings.Section}__Known__0 "
                    + "and so on instead."
            );
        }
        var services = builder.Services;
        services.AddOptions<ProxySettings>().BindConfiguration(ProxySettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services
            .AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<ProxySettings>>(
                (forwarded, proxies) =>
                {
                    forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    // By default, ASP.NET Core believes what runs on the same machine.
                    forwarded.KnownProxies.Clear();
                    forwarded.KnownIPNetworks.Clear();
                    // Goes back over as many proxies as are known, one behind the other.
                    forwarded.ForwardLimit = null;
                    foreach (var proxy in proxies.Value.Known)
                    {
                        if (IPAddress.TryParse(proxy, out var address))
                        {
                            forwarded.KnownProxies.Add(address);
                        }
                        else
                        {
                            forwarded.KnownIPNetworks.Add(IPNetwork.Parse(proxy));
                        }
                    }
                }
            );
    }

    /// <summary>Adds the middleware only where proxies are configured: without any, it would believe everybody.</summary>
    public static void UseConfiguredProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxySettings>>().Value.Known.Length > 0)
        {
            app.UseForwardedHeaders();
        }
    }
}
