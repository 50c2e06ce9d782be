using System.Net.Http.Headers;
using Lending.Webhooks.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Webhooks.Deliveries;

internal static class WebhookSenderRegistration
{
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(10);

    public static void AddWebhookSender(this IServiceCollection services, bool isDevelopment)
    {
        services.AddOptions<WebhooksOptions>().BindConfiguration(WebhooksOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new WebhookTargets(isDevelopment));
        services
            .AddHttpClient(
                WebhookSender.HttpClientName,
                client =>
                {
                    client.Timeout = LongestAttempt;
                    client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Lending-Webhooks", "1"));
                }
            )
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<WebhookTargets>().CreateHandler())
            // An address may have a secret in it.
            .RemoveAllLoggers();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton(WebhookMetrics.Oldest);
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
    }
}
