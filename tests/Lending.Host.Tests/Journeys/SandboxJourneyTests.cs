using System.Net;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Journeys;

/// <summary>What a developer tries out in a sandbox, over all modules as they really are: a loan of months in a few requests, and nothing of it outside.</summary>
public sealed class SandboxJourneyTests(HostFixture host)
{
    private static readonly string[] Scopes =
    [
        "organization:all",
        "customers:read",
        "customers:write",
        "offers:read",
        "offers:write",
        "offers:decide",
        "offers:disburse",
        "servicing:read",
        "sandbox:manage",
        "sandbox:messages",
        "webhooks:manage",
    ];

    private readonly World world = new(host);

    private DateTimeOffset Now => host.App.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task A_loan_is_signed_paid_out_and_falls_due_while_nobody_else_notices()
    {
        var organizationId = await world.CreateOrganizationAsync();
        using var administrator = await world.CreateAdministratorAsync(organizationId);
        using var key = await world.CreateKeyAsync(administrator, Scopes, "sandbox");
        var webhook = await NewWebhookAsync(key);
        var liveWebhook = await NewWebhookAsync(administrator);
        var live = await ApprovedAsync(administrator);

        var (forgotten, offer) = (await ApprovedAsync(key), await ApprovedAsync(key));
        await key.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted);
        await AcceptAsync(offer, await TokenOfAsync(key));
        (await key.SendAsync("POST", $"/loan-offers/{offer.Id}/disburse", World.Decision(offer))).Status.ShouldBe(
            HttpStatusCode.Conflict,
            "the customer can still withdraw"
        );
        await AdvanceAsync(key, Now.AddDays(16));
        var accepted = await key.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await key.PostAsync($"/loan-offers/{offer.Id}/disburse", World.Decision(accepted), HttpStatusCode.OK);
        var active = await PaidOutLoan.AccountAsync(key, "ACTIVE");
        var dueOn = active.GetProperty("state").GetProperty("schedule")[0].GetProperty("dueOn").GetDateTimeOffset();
        active.GetProperty("state").GetProperty("overdue").GetDecimal().ShouldBe(0);

        await AdvanceAsync(key, dueOn.AddDays(1).AddHours(12));

        var due = await key.GetAsync($"/loan-accounts/{active.GetProperty("account").GetProperty("id").GetGuid()}", HttpStatusCode.OK);
        due.Json.GetProperty("state").GetProperty("overdue").GetDecimal().ShouldBeGreaterThan(0);
        (await key.GetAsync($"/loan-offers/{forgotten.Id}", HttpStatusCode.OK))["status"].ShouldBe("EXPIRED");
        await EventuallyToldAsync(key, webhook.Id, "loan.instalment-due");
        await EventuallyToldAsync(key, webhook.Id, "offer.expired");

        // Elsewhere it is still the same day, and nothing is heard of it.
        (await administrator.GetAsync($"/loan-offers/{live.Id}", HttpStatusCode.OK))["status"]
            .ShouldBe("APPROVED");
        (await EventuallyToldAsync(administrator, liveWebhook.Id, "offer.approved")).ShouldHaveSingleItem();
        (await key.SendAsync("GET", $"/loan-offers/{live.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await administrator.SendAsync("GET", $"/loan-offers/{offer.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await administrator.SendAsync("GET", $"/webhooks/{webhook.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await MailStatesAsync(organizationId)).ShouldBe(["KEPT"]);
    }

    [Fact]
    public async Task Two_organisations_try_things_out_at_once()
    {
        var sandboxes = new List<(HttpClient Key, Answer Offer)>();
        for (var number = 0; number < 2; number++)
        {
            var administrator = await world.CreateAdministratorAsync(await world.CreateOrganizationAsync());
            var key = await world.CreateKeyAsync(administrator, Scopes, "sandbox");
            sandboxes.Add((key, await ApprovedAsync(key)));
        }
        var now = Now;

        await Task.WhenAll(AdvanceAsync(sandboxes[0].Key, now.AddDays(32)), AdvanceAsync(sandboxes[1].Key, now.AddDays(3)));

        (await StatusAsync(0)).ShouldBe("EXPIRED");
        (await StatusAsync(1)).ShouldBe("APPROVED");
        (await sandboxes[0].Key.SendAsync("GET", $"/loan-offers/{sandboxes[1].Offer.Id}")).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
        await AdvanceAsync(sandboxes[1].Key, now.AddDays(32));
        (await StatusAsync(1)).ShouldBe("EXPIRED");

        async Task<string?> StatusAsync(int place) =>
            (await sandboxes[place].Key.GetAsync($"/loan-offers/{sandboxes[place].Offer.Id}", HttpStatusCode.OK))["status"];
    }

    private static async Task<Answer> ApprovedAsync(HttpClient staff)
    {
        var customerId = await World.CreateCustomerAsync(staff);
        var offer = await staff.PostAsync("/loan-offers", World.NewOffer(customerId), HttpStatusCode.Created);
        return await staff.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(offer), HttpStatusCode.OK);
    }

    private Task<Answer> AcceptAsync(Answer offer, string linkToken) =>
        host.Anonymous.PostAsync($"/loan-offers/{offer.Id}/accept", World.Acceptance(offer, linkToken), HttpStatusCode.OK);

    private static Task<Answer> AdvanceAsync(HttpClient key, DateTimeOffset now) =>
        key.PostAsync("/sandbox/clock", new { now }, HttpStatusCode.OK);

    private static async Task<string> TokenOfAsync(HttpClient key)
    {
        var messages = await key.GetAsync("/sandbox/messages", HttpStatusCode.OK);
        var link = messages
            .Json.GetProperty("items")
            .EnumerateArray()
            .First(message => message.GetProperty("kind").GetString() == "OFFER_LINK");
        return link.GetProperty("text").GetString()!.Split("?token=")[1][..Secret.Length];
    }

    private static Task<Answer> NewWebhookAsync(HttpClient owner) =>
        owner.PostAsync(
            "/webhooks",
            new { url = "https://erp.example.org/", eventTypes = (string[])["offer.approved", "offer.expired", "loan.instalment-due"] },
            HttpStatusCode.Created
        );

    private static async Task<List<string?>> ToldAsync(HttpClient owner, Guid webhookId)
    {
        var deliveries = await owner.GetAsync($"/webhooks/{webhookId}/deliveries", HttpStatusCode.OK);
        return [.. deliveries.Json.GetProperty("items").EnumerateArray().Select(delivery => delivery.GetProperty("eventType").GetString())];
    }

    // The outbox delivers a moment later.
    private static async Task<List<string?>> EventuallyToldAsync(HttpClient owner, Guid webhookId, string type)
    {
        for (var look = 0; look < 1_800; look++)
        {
            if (await ToldAsync(owner, webhookId) is var told && told.Contains(type))
            {
                return told;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"Nothing is told of {type}.");
    }

    private async Task<List<string>> MailStatesAsync(Guid organizationId)
    {
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = database.CreateCommand(
            $"""
            SELECT DISTINCT status FROM notifications.notifications
            WHERE organization_id = (SELECT id FROM identity.organizations WHERE sandbox_of = '{organizationId}')
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        var states = new List<string>();
        while (await reader.ReadAsync())
        {
            states.Add(reader.GetString(0));
        }
        return states;
    }
}
