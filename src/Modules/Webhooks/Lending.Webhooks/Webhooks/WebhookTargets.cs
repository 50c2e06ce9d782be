using System.Net;
using Lending.Kernel;
using Microsoft.Security.AntiSSRF;

namespace Lending.Webhooks.Webhooks;

/// <summary>
/// Where webhooks may lead: outside Development over https to public addresses alone, so that nobody reaches through us what only we can reach. An address
/// that a name stands for is looked at when the connection is made, which goes to the very address that was looked at.
/// </summary>
/// <param name="isDevelopment">Whether receivers on the developer's own machine will do.</param>
internal sealed class WebhookTargets(bool isDevelopment)
{
    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    // IPv4 addresses written as those of IPv6 the old way; the package knows the others.
    private const string Ipv4Compatible = "::/96";

    private static readonly IPNetwork[] NotPublic =
    [
        .. IPAddressRanges.recommendedLatest.Append(Ipv4Compatible).Select(range => IPNetwork.Parse(range)),
    ];

    /// <summary>What is wrong with an address that somebody wants to register; null if nothing is.</summary>
    public Error? Check(string text)
    {
        if (isDevelopment)
        {
            return null;
        }
        var url = new Uri(text);
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return WebhooksErrors.UrlNotHttps;
        }
        // A name may stand for another address tomorrow, so it is looked up when something is sent, and not here.
        return url.IsLoopback || (IPAddress.TryParse(url.DnsSafeHost, out var address) && !IsPublic(address))
            ? WebhooksErrors.UrlNotPublic
            : null;
    }

    /// <summary>What connects to receivers.</summary>
    public HttpMessageHandler CreateHandler()
    {
        if (isDevelopment)
        {
            return new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = LongestConnecting,
                PooledConnectionLifetime = ConnectionLifetime,
            };
        }
        return HandlerOf(PublicOnly());
    }

    /// <summary>Public addresses alone, over https.</summary>
    internal static AntiSSRFPolicy PublicOnly()
    {
        var policy = new AntiSSRFPolicy(PolicyConfigOptions.ExternalOnlyLatest) { AddXFFHeader = false };
        policy.AddDeniedAddresses([Ipv4Compatible]);
        return policy;
    }

    /// <summary>What connects by such a policy. It uses no proxy, which would look names up by itself.</summary>
    internal static HttpMessageHandler HandlerOf(AntiSSRFPolicy policy)
    {
        var handler = policy.GetHandler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = LongestConnecting;
        handler.PooledConnectionLifetime = ConnectionLifetime;
        return handler;
    }

    private static bool IsPublic(IPAddress address)
    {
        var unwrapped = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(NotPublic, range => range.Contains(unwrapped));
    }
}
