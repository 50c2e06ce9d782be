using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Platform.Broker;

/// <summary>Where the broker is that is told of all events. Registered where somebody has set it; without it nothing is kept for a broker, and nothing looks for one.</summary>
/// <param name="Url">Its address, with user, password and virtual host.</param>
internal sealed record BrokerAddress(Uri Url)
{
    /// <summary>The setting.</summary>
    public const string Setting = "Broker:Url";

    /// <summary>What the configuration says.</summary>
    public static BrokerAddress? Find(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } url)
        {
            return null;
        }
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "amqp" or "amqps", Host.Length: > 0 }
            ? new BrokerAddress(address)
            // Not quoted: there is a password in it.
            : throw new InvalidOperationException(
                "Broker__Url must be an address such as amqps://user:password@broker.example.org/lending."
            );
    }
}

internal static class BrokerRegistration
{
    public static void AddBroker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(BrokerFigures.Waiting);
        services.AddSingleton(BrokerFigures.Oldest);
        if (BrokerAddress.Find(configuration) is { } address)
        {
            services.AddSingleton(address);
            services.AddHostedService<BrokerRelay>();
        }
    }
}
