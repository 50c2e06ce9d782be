using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.SingleSignOn;

internal static class OidcClientRegistration
{
    private const int LongestAnswerBytes = 1024 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public static void AddOidcClient(this IServiceCollection services)
    {
        services
            .AddHttpClient(
                OidcClient.HttpClientName,
                client =>
                {
                    client.Timeout = LongestWait;
                    client.MaxResponseContentBufferSize = LongestAnswerBytes;
                }
            )
            // The code and the client's secret go to the address that was configured, and nowhere else.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddSingleton<ProviderConfigurations>();
        services.AddSingleton<OidcClient>();
    }
}
