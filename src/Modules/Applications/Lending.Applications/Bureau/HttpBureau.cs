using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lending.Applications.Bureau;

/// <summary>Asks a credit bureau over HTTP, once: who waits for a decision is better served by a person than by a third try.</summary>
internal sealed class HttpBureau(
    IHttpClientFactory clients,
    IOptions<BureauOptions> options,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<HttpBureau> logger
) : IScoreProvider
{
    public const string HttpClientName = "Bureau";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>An answer as it came; null where it says nothing.</summary>
    public static BureauReply? Read(string raw) =>
        JsonSerializer.Deserialize<BureauReply>(raw, Json) is { } reply ? reply with { Raw = raw } : null;

    public async Task<BureauReply?> AskAsync(BureauQuestion question, bool isSandbox, CancellationToken ct)
    {
        if (isSandbox)
        {
            return FakeBureau.ReplyTo(question, clock.GetUtcNow()) is { } madeUp
                ? madeUp with
                {
                    Raw = JsonSerializer.Serialize(madeUp, Json),
                }
                : null;
        }
        // Nobody is made up outside Development: there is no such service then.
        var url = options.Value.Url ?? (services.GetService<FakeBureau>() is { } fake ? await fake.GetUrlAsync(ct) : null);
        if (url is null)
        {
            return null;
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(JsonSerializer.Serialize(question, Json), Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        if (!string.IsNullOrEmpty(options.Value.ApiKey))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ApiKey);
        }
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, ct);
            response.EnsureSuccessStatusCode();
            return Read(await response.Content.ReadAsStringAsync(ct));
        }
        catch (Exception exception)
            when (exception is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // Messages could name the person; the kind of failure does not.
            logger.LogWarning("The credit bureau gave no answer to {Inquiry}: {Error}", question.IdempotencyKey, exception.GetType().Name);
            return null;
        }
    }
}

internal static class BureauRegistration
{
    private const int LongestAnswerBytes = 256 * 1024;

    public static IServiceCollection AddBureau(this IServiceCollection services, IHostEnvironment environment)
    {
        services
            .AddOptions<BureauOptions>()
            .BindConfiguration(BureauOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                bureau => bureau.Url is null || bureau.Url.Scheme == Uri.UriSchemeHttps || environment.IsDevelopment(),
                $"{BureauOptions.Section}__{nameof(BureauOptions.Url)} must begin with https: names and addresses go there."
            )
            .ValidateOnStart();
        services
            .AddHttpClient(
                HttpBureau.HttpClientName,
                (provider, client) =>
                {
                    client.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<BureauOptions>>().Value.TimeoutSeconds);
                    client.MaxResponseContentBufferSize = LongestAnswerBytes;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .RemoveAllLoggers();
        if (environment.IsDevelopment())
        {
            services.AddSingleton<FakeBureau>();
        }
        return services.AddSingleton<IScoreProvider, HttpBureau>();
    }
}
