using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;
using Lending.Webhooks.Webhooks;

namespace Lending.Webhooks.Tests.Webhooks;

/// <summary>What administrators do with webhooks.</summary>
public sealed class WebhookTests(WebhooksFixture fixture)
{
    private const string Path = "/webhooks";
    private const string Url = "https://erp.example.org/lending";
    private static readonly string[] TwoTypes = ["offer.disbursed", "offer.accepted", "offer.accepted"];

    private readonly Guid organization = Unique.Id();

    private HttpClient Administrator => fixture.Host.AdministratorOf(organization);

    [Fact]
    public async Task A_new_webhook_is_answered_with_its_secret_once()
    {
        var created = await Administrator.PostAsync(Path, new { url = Url, eventTypes = TwoTypes }, HttpStatusCode.Created);

        var secret = created["secret"]!;
        secret.ShouldStartWith("whsec_");
        Convert.FromBase64String(secret["whsec_".Length..]).Length.ShouldBe(32);
        created["status"].ShouldBe("ACTIVE");
        created["url"].ShouldBe(Url);
        created
            .Json.GetProperty("eventTypes")
            .EnumerateArray()
            .Select(type => type.GetString())
            .ShouldBe(["offer.accepted", "offer.disbursed"]);
        created.Location!.ToString().ShouldEndWith($"/api/v1/webhooks/{created.Id}");
        var read = await Administrator.GetAsync($"{Path}/{created.Id}", HttpStatusCode.OK);
        read.ETag.ShouldBe(created.ETag);
        read.Json.TryGetProperty("secret", out _).ShouldBeFalse();
        var listed = await Administrator.GetAsync($"{Path}?includeTotal=true", HttpStatusCode.OK);
        listed.Text.ShouldContain(created.Id.ToString());
        listed.Text.ShouldNotContain("whsec_");
        listed.Json.GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Another_organisation_sees_nothing_of_it()
    {
        var id = (await fixture.Host.CreateWebhookAsync(organization, Url)).Id;
        var tested = await Administrator.PostAsync($"{Path}/{id}/test", null, HttpStatusCode.Accepted);
        var other = fixture.Host.AdministratorOf(Unique.Id());

        (await other.GetAsync(Path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        foreach (
            var (method, path) in new[]
            {
                ("GET", $"{Path}/{id}"),
                ("PATCH", $"{Path}/{id}"),
                ("DELETE", $"{Path}/{id}"),
                ("POST", $"{Path}/{id}/secret"),
                ("POST", $"{Path}/{id}/test"),
                ("GET", $"{Path}/{id}/deliveries"),
                ("POST", $"{Path}/{id}/deliveries/{tested.Id}/replay"),
            }
        )
        {
            (await other.SendAsync(method, path, method == "PATCH" ? new { url = Url } : null)).Status.ShouldBe(
                HttpStatusCode.NotFound,
                path
            );
        }
        // Nor is another organisation's event told to it.
        await fixture.Host.AnnounceAsync(Unique.Id());
        (await fixture.Host.DeliveriesAsync(organization, id)).Select(each => each.GetProperty("id").GetGuid()).ShouldBe([tested.Id]);
    }

    [Fact]
    public async Task Nobody_but_administrators_gets_in()
    {
        foreach (
            var person in new[]
            {
                Persons.Installer(organization),
                Persons.Underwriter(organization),
                Persons.Customer(organization, Unique.Id()),
            }
        )
        {
            (await fixture.Host.ClientFor(person).SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        (await fixture.Host.Client.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Bad_bodies_and_cursors_are_refused()
    {
        var id = (await fixture.Host.CreateWebhookAsync(organization, Url)).Id;

        await Administrator.ShouldBeRefusedAsync("POST", Path);
        await Administrator.ShouldRefuseForgedCursorsAsync(Path);
        await Administrator.ShouldRefuseForgedCursorsAsync($"{Path}/{id}/deliveries");
    }

    [Theory]
    [InlineData("")]
    [InlineData("erp.example.org")]
    [InlineData("ftp://erp.example.org/lending")]
    [InlineData("https://somebody@erp.example.org/")]
    [InlineData("https://erp.example.org/#part")]
    public async Task What_is_no_address_is_refused(string url)
    {
        (await Administrator.SendAsync("POST", Path, new { url, eventTypes = WebhookCalls.Accepted }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["url"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("[\"offer.accepted\",\"webhook.test\"]")]
    [InlineData("[\"Offer.Accepted\"]")]
    public async Task Types_that_nobody_knows_are_refused(string types)
    {
        (await Administrator.SendAsync("POST", Path, $$"""{"url":"{{Url}}","eventTypes":{{types}}}"""))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["eventTypes"]);
    }

    [Fact]
    public async Task Each_member_changes_alone()
    {
        var id = (await fixture.Host.CreateWebhookAsync(organization, Url)).Id;

        await Administrator.ShouldChangeEachMemberAloneAsync<PatchWebhook.Request>(
            _ => $"{Path}/{id}",
            new JsonObject
            {
                ["url"] = "https://other.example.org/",
                ["eventTypes"] = new JsonArray("offer.created", "offer.rejected"),
                ["status"] = "PAUSED",
            }
        );

        (await Administrator.GetAsync($"{Path}/{id}", HttpStatusCode.OK))["pausedBecause"].ShouldBe("REQUEST");
        var resumed = await Administrator.ExpectAsync("PATCH", $"{Path}/{id}", new { status = "ACTIVE" }, HttpStatusCode.OK);
        resumed["pausedBecause"].ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Changes_honour_the_version()
    {
        var created = await fixture.Host.CreateWebhookAsync(organization, Url);
        var path = $"{Path}/{created.Id}";
        await Administrator.ExpectAsync("PATCH", path, new { status = "PAUSED" }, HttpStatusCode.OK, created.ETag);

        (await Administrator.SendAsync("PATCH", path, new { status = "ACTIVE" }, created.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        (await Administrator.SendAsync("DELETE", path, null, created.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
    }

    [Fact]
    public async Task One_that_is_deleted_takes_what_waits_along()
    {
        var id = (await fixture.Host.CreateWebhookAsync(organization, fixture.Receiver.Url("deleted"))).Id;
        await fixture.Host.AnnounceAsync(organization);

        await Administrator.ExpectAsync("DELETE", $"{Path}/{id}", null, HttpStatusCode.NoContent);

        await fixture.Host.SendDueAsync();
        fixture.Receiver.At("deleted").ShouldBeEmpty();
        (await Administrator.SendAsync("GET", $"{Path}/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Administrator.SendAsync("GET", $"{Path}/{id}/deliveries")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Of_many_made_at_once_an_organisation_keeps_fifty()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 55)
                .Select(_ => Administrator.SendAsync("POST", Path, new { url = Url, eventTypes = WebhookCalls.Accepted }))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(Webhook.MaximumOfOrganization);
        foreach (var answer in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            answer.ShouldBeProblem(HttpStatusCode.Conflict, "too-many-webhooks");
        }
    }

    [Fact]
    public async Task Secrets_are_stored_encrypted_and_stand_in_no_audit_entry()
    {
        var created = await fixture.Host.CreateWebhookAsync(organization, Url);
        await Administrator.PostAsync($"{Path}/{created.Id}/secret", null, HttpStatusCode.OK);

        await using var read = fixture.Host.Database.CreateCommand(
            $"""
            SELECT encode(secret, 'escape') || encode(previous_secret, 'escape') || string_agg(entry.changes::text, ' ')
            FROM webhooks.webhooks AS webhook JOIN audit.entries AS entry ON entry.entity_id = webhook.id
            WHERE webhook.id = '{created.Id}' GROUP BY webhook.id
            """
        );
        var stored = (string)(await read.ExecuteScalarAsync())!;

        stored.ShouldContain("event_types");
        stored.ShouldContain("***");
        stored.ShouldNotContain(created["secret"]!);
        stored.ShouldNotContain("whsec_");
    }

    [Theory]
    [InlineData("http://erp.example.org/", "url-not-https")]
    [InlineData("https://127.0.0.1/", "url-not-public")]
    [InlineData("https://localhost/", "url-not-public")]
    [InlineData("https://[::1]/", "url-not-public")]
    [InlineData("https://[::ffff:127.0.0.1]/", "url-not-public")]
    [InlineData("https://[::ffff:10.0.0.1]/", "url-not-public")]
    [InlineData("https://[::10.0.0.1]/", "url-not-public")]
    [InlineData("https://10.1.2.3:8443/", "url-not-public")]
    [InlineData("https://172.16.0.1/", "url-not-public")]
    [InlineData("https://192.168.1.1/", "url-not-public")]
    [InlineData("https://169.254.169.254/latest/meta-data", "url-not-public")]
    [InlineData("https://100.64.0.1/", "url-not-public")]
    [InlineData("https://[fc00::1]/", "url-not-public")]
    [InlineData("https://[fd12:3456::1]/", "url-not-public")]
    [InlineData("https://[fe80::1]/", "url-not-public")]
    [InlineData("https://[64:ff9b::a00:1]/", "url-not-public")]
    [InlineData("https://0.0.0.0/", "url-not-public")]
    [InlineData("https://2130706433/", "url-not-public")]
    [InlineData("https://0x7f000001/", "url-not-public")]
    [InlineData("https://0x7f.1/", "url-not-public")]
    [InlineData("https://0177.0.0.1/", "url-not-public")]
    [InlineData("https://127.1/", "url-not-public")]
    [InlineData("https://255.255.255.255/", "url-not-public")]
    public async Task In_Production_addresses_that_only_we_could_reach_are_refused(string url, string code)
    {
        var host = await fixture.ProductionAsync();
        var administrator = host.AdministratorOf(organization);
        var id = (await administrator.PostAsync(Path, new { url = Url, eventTypes = WebhookCalls.Accepted }, HttpStatusCode.Created)).Id;

        foreach (var (method, path) in new[] { ("POST", Path), ("PATCH", $"{Path}/{id}") })
        {
            var answer = await administrator.SendAsync(method, path, new { url, eventTypes = WebhookCalls.Accepted });

            answer.ShouldBeProblem(HttpStatusCode.BadRequest, code).WrongFields.ShouldBe(["url"]);
        }
    }
}
