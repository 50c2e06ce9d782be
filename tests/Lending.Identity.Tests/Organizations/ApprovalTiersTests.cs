using System.Net;
using System.Text.Json.Nodes;
using Lending.Identity.Contracts;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Identity.Tests.Organizations;

public sealed class ApprovalTiersTests(IdentityFixture host)
{
    private const string Default = """{"tiers":[{"amountUpTo":null,"approver":"installer"}]}""";

    private const string Three =
        """{"tiers":[{"amountUpTo":5000.5,"approver":"installer"},{"amountUpTo":20000,"approver":"second-person"},{"amountUpTo":null,"approver":"underwriter"}]}""";

    [Fact]
    public async Task Installers_approve_everything_until_two_administrators_decide_otherwise()
    {
        var organizationId = await host.NewOrganizationAsync();
        var path = PathOf(organizationId);
        var (one, other) = (await host.NewUserAsync("ADMIN", organizationId), await host.NewUserAsync("ADMIN", organizationId));
        var before = await one.Client.GetAsync(path, HttpStatusCode.OK);
        before.Text.ShouldBe(Default);

        var proposed = await one.Client.ExpectAsync("PUT", path, Three, HttpStatusCode.Accepted, before.ETag);

        proposed["status"].ShouldBe("PROPOSED");
        TiersOf(proposed).ShouldBe(Three);
        proposed["proposedBy.id"].ShouldBe(one.Id.ToString());
        proposed.Location!.ToString().ShouldBe($"/api/v1{path}/history");
        (await one.Client.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(Default);

        var confirmed = await other.Client.PostAsync($"{path}/changes/{proposed.Id}/confirmation", null, HttpStatusCode.OK);

        confirmed["status"].ShouldBe("CONFIRMED");
        confirmed["decidedBy.id"].ShouldBe(other.Id.ToString());
        TiersOf(confirmed).ShouldBe(Three);
        var read = await one.Client.GetAsync(path, HttpStatusCode.OK);
        read.Text.ShouldBe(Three);
        read.ETag.ShouldNotBe(before.ETag);
        (await SummaryOfAsync(organizationId)).ApprovalTiers.ShouldBe([
            new(5000.5m, Approver.Installer),
            new(20_000, Approver.SecondPerson),
            new(null, Approver.Underwriter),
        ]);
    }

    [Fact]
    public async Task Who_proposed_a_change_does_not_confirm_it()
    {
        var organizationId = await host.NewOrganizationAsync();
        var path = PathOf(organizationId);
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var proposed = await admin.Client.ExpectAsync("PUT", path, Three, HttpStatusCode.Accepted);

        (await admin.Client.SendAsync("POST", $"{path}/changes/{proposed.Id}/confirmation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "own-proposal"
        );
        (await admin.Client.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(Default);

        // In an organisation with a single administrator, those of the platform confirm.
        await host.PlatformAdmin.PostAsync($"{path}/changes/{proposed.Id}/confirmation", null, HttpStatusCode.OK);
        (await admin.Client.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(Three);
    }

    [Fact]
    public async Task A_rejected_change_changes_nothing_and_makes_room_for_another()
    {
        var organizationId = await host.NewOrganizationAsync();
        var path = PathOf(organizationId);
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var proposed = await admin.Client.ExpectAsync("PUT", path, Three, HttpStatusCode.Accepted);
        (await host.PlatformAdmin.SendAsync("PUT", path, UpTo(5))).ShouldBeProblem(HttpStatusCode.Conflict, "proposal-open");

        // Who proposed it takes it back.
        await admin.Client.ExpectAsync("DELETE", $"{path}/changes/{proposed.Id}", null, HttpStatusCode.NoContent);

        foreach (var (method, suffix) in (IEnumerable<(string, string)>)[("POST", "/confirmation"), ("DELETE", "")])
        {
            (await host.PlatformAdmin.SendAsync(method, $"{path}/changes/{proposed.Id}{suffix}")).ShouldBeProblem(
                HttpStatusCode.Conflict,
                "proposal-decided"
            );
        }
        (await admin.Client.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(Default);
        await host.PlatformAdmin.ExpectAsync("PUT", path, UpTo(5), HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task The_history_tells_who_proposed_and_decided_what_newest_first()
    {
        var organizationId = await host.NewOrganizationAsync();
        var path = PathOf(organizationId);
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var first = await admin.Client.ExpectAsync("PUT", path, Three, HttpStatusCode.Accepted);
        first = await host.PlatformAdmin.PostAsync($"{path}/changes/{first.Id}/confirmation", null, HttpStatusCode.OK);
        var second = await host.PlatformAdmin.ExpectAsync("PUT", path, UpTo(5), HttpStatusCode.Accepted);
        await admin.Client.ExpectAsync("DELETE", $"{path}/changes/{second.Id}", null, HttpStatusCode.NoContent);
        var third = await admin.Client.ExpectAsync("PUT", path, UpTo(6), HttpStatusCode.Accepted);

        var underwriter = await host.NewUserAsync("UNDERWRITER", organizationId);
        var page = await underwriter.Client.GetAsync($"{path}/history?limit=2&includeTotal=true", HttpStatusCode.OK);
        var rest = await underwriter.Client.GetAsync($"{path}/history?limit=2&cursor={page["nextCursor"]}", HttpStatusCode.OK);

        page["total"].ShouldBe("3");
        var items = page.Json.GetProperty("items").EnumerateArray().Concat(rest.Json.GetProperty("items").EnumerateArray()).ToList();
        items
            .Select(item => (item.GetProperty("id").GetGuid(), item.GetProperty("status").GetString()))
            .ShouldBe([(third.Id, "PROPOSED"), (second.Id, "REJECTED"), (first.Id, "CONFIRMED")]);
        items[2].GetRawText().ShouldBe(first.Text);
        items[1].GetProperty("decidedBy").GetProperty("id").GetGuid().ShouldBe(admin.Id);
    }

    [Fact]
    public async Task A_forged_cursor_of_the_history_is_refused() =>
        await host.PlatformAdmin.ShouldRefuseForgedCursorsAsync($"{PathOf(await host.NewOrganizationAsync())}/history");

    [Fact]
    public async Task Of_many_who_decide_on_one_change_exactly_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var organizationId = await host.NewOrganizationAsync();
            var path = PathOf(organizationId);
            var admin = await host.NewUserAsync("ADMIN", organizationId);
            var proposed = await admin.Client.ExpectAsync("PUT", path, Three, HttpStatusCode.Accepted);
            var change = $"{path}/changes/{proposed.Id}";

            var answers = await Task.WhenAll(
                host.PlatformAdmin.SendAsync("POST", $"{change}/confirmation"),
                admin.Client.SendAsync("DELETE", change),
                host.PlatformAdmin.SendAsync("POST", $"{change}/confirmation"),
                admin.Client.SendAsync("DELETE", change)
            );

            answers.Count(answer => answer.Status is HttpStatusCode.OK or HttpStatusCode.NoContent).ShouldBe(1);
            answers
                .Where(answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.NoContent))
                .ShouldAllBe(answer =>
                    answer.Status == HttpStatusCode.Conflict && (answer.Code == "proposal-decided" || answer.Code == "concurrent-change")
                );
            var isConfirmed = answers.Any(answer => answer.Status == HttpStatusCode.OK);
            (await admin.Client.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(isConfirmed ? Three : Default);
        }
    }

    [Fact]
    public async Task Who_may_decide_on_offers_may_read_them()
    {
        var organizationId = await host.NewOrganizationAsync();
        foreach (var role in new[] { "INSTALLER", "UNDERWRITER" })
        {
            var user = await host.NewUserAsync(role, organizationId);
            (await user.Client.GetAsync(PathOf(organizationId), HttpStatusCode.OK)).Text.ShouldBe(Default);
            (await user.Client.SendAsync("PUT", PathOf(organizationId), Three)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        var customer = await host.NewUserAsync("CUSTOMER", organizationId);
        (await customer.Client.SendAsync("GET", PathOf(organizationId))).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await host.Client.SendAsync("GET", PathOf(organizationId))).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Those_of_another_organisation_are_found_by_the_platforms_administrators_only()
    {
        var organizationId = await host.NewOrganizationAsync();
        var stranger = await host.NewUserAsync("ADMIN", await host.NewOrganizationAsync());

        (await stranger.Client.SendAsync("GET", PathOf(organizationId))).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await stranger.Client.SendAsync("PUT", PathOf(organizationId), Three)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.PlatformAdmin.GetAsync(PathOf(organizationId), HttpStatusCode.OK)).Text.ShouldBe(Default);
        var proposed = await host.PlatformAdmin.ExpectAsync("PUT", PathOf(organizationId), Three, HttpStatusCode.Accepted);
        foreach (
            var (method, suffix) in (IEnumerable<(string, string)>)
                [("GET", "/history"), ("POST", $"/changes/{proposed.Id}/confirmation"), ("DELETE", $"/changes/{proposed.Id}")]
        )
        {
            (await stranger.Client.SendAsync(method, PathOf(organizationId) + suffix)).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
            // Nor by the way over the own organisation.
            if (method != "GET")
            {
                var own = await host.NewOrganizationAsync();
                var path = PathOf(own) + suffix;
                (await host.PlatformAdmin.SendAsync(method, path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            }
        }
        (await host.PlatformAdmin.SendAsync("GET", PathOf(Unique.Id()))).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_stale_entity_tag_is_refused_and_of_two_who_propose_at_once_exactly_one_wins()
    {
        var organizationId = await host.NewOrganizationAsync();
        var path = PathOf(organizationId);
        (await host.PlatformAdmin.SendAsync("PUT", path, Three, "\"1\"")).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(limit => host.PlatformAdmin.SendAsync("PUT", path, UpTo(limit))));

        answers.Count(answer => answer.Status == HttpStatusCode.Accepted).ShouldBe(1);
        foreach (var loser in answers.Where(answer => answer.Status != HttpStatusCode.Accepted))
        {
            loser.ShouldBeProblem(HttpStatusCode.Conflict, "proposal-open");
        }
    }

    [Theory]
    [InlineData("[]", "tiers", "not-empty")]
    [InlineData("null", "tiers", "not-empty")]
    [InlineData("{}", "tiers", "wrong-type")]
    [InlineData("[null]", "tiers[0]", "not-null")]
    [InlineData("""[{"amountUpTo":null}]""", "tiers[0].approver", "not-null")]
    [InlineData("""[{"amountUpTo":null,"approver":"anybody"}]""", "tiers[0].approver", "wrong-type")]
    [InlineData("""[{"amountUpTo":null,"approver":0}]""", "tiers[0].approver", "wrong-type")]
    [InlineData("""[{"amountUpTo":null,"approver":"installer","name":"x"}]""", "tiers[0].name", "unknown-member")]
    [InlineData("""[{"amountUpTo":"5","approver":"installer"}]""", "tiers[0].amountUpTo", "wrong-type")]
    [InlineData("""[{"amountUpTo":5,"approver":"installer"}]""", "tiers[0].amountUpTo", "one-open-tier")]
    [InlineData(
        """[{"approver":"installer"},{"amountUpTo":5,"approver":"installer"},{"approver":"installer"}]""",
        "tiers[0].amountUpTo",
        "one-open-tier"
    )]
    [InlineData("""[{"amountUpTo":0,"approver":"installer"},{"approver":"installer"}]""", "tiers[0].amountUpTo", "greater-than")]
    [InlineData(
        """[{"amountUpTo":1000000000.01,"approver":"installer"},{"approver":"installer"}]""",
        "tiers[0].amountUpTo",
        "less-than-or-equal"
    )]
    [InlineData("""[{"amountUpTo":5.001,"approver":"installer"},{"approver":"installer"}]""", "tiers[0].amountUpTo", "amount-scale")]
    [InlineData(
        """[{"amountUpTo":5,"approver":"installer"},{"amountUpTo":5,"approver":"second-person"},{"approver":"underwriter"}]""",
        "tiers[1].amountUpTo",
        "not-ascending"
    )]
    public async Task Tiers_without_sense_are_refused_and_nothing_is_stored(string tiers, string field, string code)
    {
        var organizationId = await host.NewOrganizationAsync();

        var answer = await host.PlatformAdmin.SendAsync("PUT", PathOf(organizationId), $$"""{"tiers":{{tiers}}}""");

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => (error.GetProperty("name").GetString(), error.GetProperty("code").GetString()))
            .ShouldContain((field, code), answer.Text);
        var history = await host.PlatformAdmin.GetAsync($"{PathOf(organizationId)}/history", HttpStatusCode.OK);
        history.Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Ten_tiers_are_taken_and_eleven_are_not()
    {
        var path = PathOf(await host.NewOrganizationAsync());

        await host.PlatformAdmin.ExpectAsync("PUT", path, UpTo([.. Enumerable.Range(1, 9)]), HttpStatusCode.Accepted);
        (await host.PlatformAdmin.SendAsync("PUT", path, UpTo([.. Enumerable.Range(1, 10)])))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["tiers"]);
    }

    [Fact]
    public async Task Bad_bodies_are_refused() =>
        await host.PlatformAdmin.ShouldBeRefusedAsync("PUT", PathOf(await host.NewOrganizationAsync()));

    private static string PathOf(Guid organizationId) => $"/organizations/{organizationId}/approval-tiers";

    private static string TiersOf(Answer change) => $$"""{"tiers":{{change.Json.GetProperty("tiers").GetRawText()}}}""";

    private static JsonObject UpTo(params int[] limits) =>
        new()
        {
            ["tiers"] = new JsonArray([
                .. limits.Select(limit => (JsonNode)new JsonObject { ["amountUpTo"] = limit, ["approver"] = "second-person" }),
                new JsonObject { ["approver"] = "underwriter" },
            ]),
        };

    private async Task<OrganizationSummary> SummaryOfAsync(Guid organizationId)
    {
        await using var scope = host.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().ReadAsync(organizationId, CancellationToken.None);
    }
}
