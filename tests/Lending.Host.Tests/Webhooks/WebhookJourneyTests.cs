using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lending.Host.Tests.Webhooks;

/// <summary>From an offer that is made to a system outside that hears of it, with every service as it runs.</summary>
public sealed class WebhookJourneyTests
{
    private static readonly string[] EventTypes = ["offer.created"];

    [Fact]
    public async Task An_offer_that_is_made_is_told_to_the_organisations_webhook()
    {
        var received = new ConcurrentQueue<JsonElement>();
        var headers = new ConcurrentBag<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var receiver = builder.Build();
        receiver.MapPost(
            "/lending",
            async (HttpRequest request) =>
            {
                request.Headers.Keys.ToList().ForEach(headers.Add);
                received.Enqueue((await JsonDocument.ParseAsync(request.Body)).RootElement);
            }
        );
        await receiver.StartAsync();
        await using var host = new HostFixture
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Webhooks:PollSeconds"] = "1",
                ["Outbox:PollSeconds"] = "1",
            },
        };
        await host.InitializeAsync();
        var world = new World(host);
        var organization = await world.CreateOrganizationAsync();
        var administrator = await world.CreateAdministratorAsync(organization);
        var installer = await world.CreateInstallerAsync(organization);
        var webhook = await administrator.PostAsync(
            "/webhooks",
            new { url = $"{receiver.Urls.Single()}/lending", eventTypes = EventTypes },
            HttpStatusCode.Created
        );

        var customer = await World.CreateCustomerAsync(installer);
        var offer = await World.CreateOfferAsync(installer, customer);

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (received.IsEmpty)
        {
            await Task.Delay(100, limit.Token);
        }
        // Nothing of a trace inside goes to strangers.
        headers.ShouldContain("webhook-signature");
        headers.ShouldNotContain(name => name.StartsWith("trace", StringComparison.OrdinalIgnoreCase) || name == "baggage");
        var told = received.Single();
        told.GetProperty("type").GetString().ShouldBe("offer.created");
        told.GetProperty("data").GetProperty("offerId").GetGuid().ShouldBe(offer);
        told.GetProperty("data").GetProperty("customerId").GetGuid().ShouldBe(customer);
        var deliveries = await administrator.GetAsync($"/webhooks/{webhook.Id}/deliveries", HttpStatusCode.OK);
        deliveries.Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }
}
