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
    public async Task Installers_approve_everything_until_an_administrator_decides_otherwise()
    {
        var organizationId = await host.NewOrganizationAsync();
        var path = PathOf(organizationId);
        var admin = await host.NewUserAsync("ADMIN", organizationId);
        var before = await admin.Client.GetAsync(path, HttpStatusCode.OK);
        before.Text.ShouldBe(Default);

        var changed = await admin.Client.ExpectAsync("PUT", path, Three, HttpStatusCode.OK, before.ETag);

        changed.Text.ShouldBe(Three);
        changed.ETag.ShouldNotBe(before.ETag);
        var read = await admin.Client.GetAsync(path, HttpStatusCode.OK);
        (read.Text, read.ETag).ShouldBe((Three, changed.ETag));
        (await SummaryOfAsync(organizationId)).ApprovalTiers.ShouldBe([
            new(5000.5m, Approver.Installer),
            new(20_000, Approver.SecondPerson),
            new(null, Approver.Underwriter),
        ]);
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
        (await host.PlatformAdmin.ExpectAsync("PUT", PathOf(organizationId), Three, HttpStatusCode.OK)).Text.ShouldBe(Three);
        (await host.PlatformAdmin.SendAsync("GET", PathOf(Unique.Id()))).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_same_tiers_again_change_nothing()
    {
        var organizationId = await host.NewOrganizationAsync();
        var organization = $"/organizations/{organizationId}";
        var changed = await host.PlatformAdmin.ExpectAsync("PUT", PathOf(organizationId), Three, HttpStatusCode.OK);
        var before = await host.PlatformAdmin.GetAsync(organization, HttpStatusCode.OK);

        var again = await host.PlatformAdmin.ExpectAsync("PUT", PathOf(organizationId), Three, HttpStatusCode.OK);

        again.ETag.ShouldBe(changed.ETag);
        var after = await host.PlatformAdmin.GetAsync(organization, HttpStatusCode.OK);
        (after.Text, after.ETag).ShouldBe((before.Text, before.ETag));
    }

    [Fact]
    public async Task A_stale_entity_tag_is_refused_and_of_two_who_race_with_one_exactly_one_wins()
    {
        var organizationId = await host.NewOrganizationAsync();
        var tag = (await host.PlatformAdmin.GetAsync(PathOf(organizationId), HttpStatusCode.OK)).ETag;

        var answers = await Task.WhenAll(
            Enumerable.Range(1, 4).Select(limit => host.PlatformAdmin.SendAsync("PUT", PathOf(organizationId), UpTo(limit), tag))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        foreach (var loser in answers.Where(answer => answer.Status != HttpStatusCode.OK))
        {
            loser.ShouldBeProblem(HttpStatusCode.PreconditionFailed, "precondition-failed");
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
        (await host.PlatformAdmin.GetAsync(PathOf(organizationId), HttpStatusCode.OK)).Text.ShouldBe(Default);
    }

    [Fact]
    public async Task Ten_tiers_are_taken_and_eleven_are_not()
    {
        var path = PathOf(await host.NewOrganizationAsync());

        await host.PlatformAdmin.ExpectAsync("PUT", path, UpTo([.. Enumerable.Range(1, 9)]), HttpStatusCode.OK);
        (await host.PlatformAdmin.SendAsync("PUT", path, UpTo([.. Enumerable.Range(1, 10)])))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["tiers"]);
    }

    [Fact]
    public async Task Bad_bodies_are_refused() =>
        await host.PlatformAdmin.ShouldBeRefusedAsync("PUT", PathOf(await host.NewOrganizationAsync()));

    private static string PathOf(Guid organizationId) => $"/organizations/{organizationId}/approval-tiers";

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
        return await scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>().GetAsync(organizationId, CancellationToken.None);
    }
}
