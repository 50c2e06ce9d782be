using Lending.Testing;

namespace Lending.Webhooks.Tests.Data;

/// <summary>How often each slice asks the database.</summary>
public sealed class CommandBudgetTests
{
    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        // A host of its own, as other tests' commands must not be counted.
        await using var host = await WebhooksFixture.StartAsync();
        var organization = Unique.Id();
        var administrator = host.AdministratorOf(organization);
        const string url = "https://erp.example.org/";
        var id = (await host.CreateWebhookAsync(organization, url)).Id;
        await host.CreateWebhookAsync(organization, url);
        await host.AnnounceAsync(organization);
        await host.AnnounceAsync(organization);
        var delivery = (await host.DeliveriesAsync(organization, id))[0].Text("id");
        var webhook = $"/webhooks/{id}";

        await host.ShouldKeepAsync(
            new("ListWebhooks", 1, () => administrator.SendAsync("GET", "/webhooks")),
            new("GetWebhook", 1, () => administrator.SendAsync("GET", webhook)),
            // The lock and the count, so that no organisation has too many.
            new("CreateWebhook", 3, () => administrator.SendAsync("POST", "/webhooks", new { url, eventTypes = WebhookCalls.Accepted })),
            new("PatchWebhook", 3, () => administrator.SendAsync("PATCH", webhook, new { url = $"{url}other" })),
            new("RotateWebhookSecret", 3, () => administrator.SendAsync("POST", $"{webhook}/secret")),
            // Whether there is such a webhook is asked first, as an empty list would say that there is.
            new("ListDeliveries", 2, () => administrator.SendAsync("GET", $"{webhook}/deliveries")),
            new("TestWebhook", 3, () => administrator.SendAsync("POST", $"{webhook}/test")),
            new("ReplayDelivery", 2, () => administrator.SendAsync("POST", $"{webhook}/deliveries/{delivery}/replay")),
            new("DeleteWebhook", 4, () => administrator.SendAsync("DELETE", webhook))
        );
    }
}
