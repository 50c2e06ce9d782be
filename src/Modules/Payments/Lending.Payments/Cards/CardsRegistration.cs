using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lending.Payments.Cards;

internal static class CardsRegistration
{
    private const int LongestAnswerBytes = 1024 * 1024;

    public static IServiceCollection AddCards(this IServiceCollection services, IHostEnvironment environment)
    {
        services
            .AddOptions<StripeOptions>()
            .BindConfiguration(StripeOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                stripe => stripe.Url.Scheme == Uri.UriSchemeHttps || environment.IsDevelopment(),
                "Cards__Stripe__Url must begin with https: the secret key goes there."
            )
            .ValidateOnStart();
        services
            .AddHttpClient(
                StripeCards.HttpClientName,
                (provider, client) =>
                {
                    client.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<StripeOptions>>().Value.TimeoutSeconds);
                    client.MaxResponseContentBufferSize = LongestAnswerBytes;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .RemoveAllLoggers();
        return services.AddSingleton<ICardProvider, StripeCards>().AddSingleton<StripeEvents>().AddScoped<CardBooking>();
    }
}
