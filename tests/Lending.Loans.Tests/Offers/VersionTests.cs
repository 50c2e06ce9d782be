using System.Net;
using System.Text.Json;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Tests.Offers;

public sealed class VersionTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    public static TheoryData<string> WaysToSee => ["", "/schedule", "/versions/1", "list"];

    [Fact]
    public async Task What_the_customer_has_not_seen_is_changed_in_place()
    {
        var offer = await office.OfferAsync();
        await office.Installer.GetAsync(PathOf(offer), HttpStatusCode.OK);
        await office.Installer.GetAsync("/loan-offers", HttpStatusCode.OK);

        var changed = await PatchAsync(offer, """{"termMonths":20}""");

        changed["version"].ShouldBe("1");
        changed["documentHash"].ShouldNotBe(offer["documentHash"]);
        (await VersionsAsync(offer)).Select(version => version.GetProperty("number").GetInt32()).ShouldBe([1]);
    }

    [Theory]
    [MemberData(nameof(WaysToSee))]
    public async Task What_the_customer_has_seen_stays_readable_when_it_is_changed(string way)
    {
        var offer = await office.OfferAsync();
        await SeeAsync(offer, way);

        var changed = await PatchAsync(offer, """{"termMonths":20}""");

        changed["version"].ShouldBe("2");
        var versions = await VersionsAsync(offer);
        versions.Select(version => version.GetProperty("number").GetInt32()).ShouldBe([2, 1]);
        versions[0].GetProperty("documentHash").GetString().ShouldBe(changed["documentHash"]);
        versions[0].GetProperty("firstSeenAt").ValueKind.ShouldBe(JsonValueKind.Null);
        versions[1].GetProperty("documentHash").GetString().ShouldBe(offer["documentHash"]);
        versions[1].GetProperty("firstSeenAt").GetDateTimeOffset().ShouldBeGreaterThan(TimeOf(offer));
        versions[1].TryGetProperty("content", out _).ShouldBeFalse();

        var first = await ReadAsync(offer, 1);
        first["content.termMonths"].ShouldBe("10");
        first["content.totalPayment"].ShouldBe(offer["totalPayment"]);
        first["documentHash"].ShouldBe(offer["documentHash"]);
        first["madeBy.username"].ShouldBe(office.InstallerSubject.Username);
        first["madeAt"].ShouldBe(offer["createdAt"]);
        var second = await ReadAsync(offer, 2);
        second["content.termMonths"].ShouldBe("20");
        second["madeAt"].ShouldBe(changed["updatedAt"]);
    }

    [Fact]
    public async Task A_version_counts_up_once_for_each_one_that_was_seen()
    {
        var offer = await office.OfferAsync();
        await SeeAsync(offer, "");
        (await PatchAsync(offer, """{"termMonths":20}"""))["version"].ShouldBe("2");
        (await PatchAsync(offer, """{"termMonths":21}"""))["version"].ShouldBe("2");
        await SeeAsync(offer, "");
        await SeeAsync(offer, "list");
        (await PatchAsync(offer, """{"termMonths":22}"""))["version"].ShouldBe("3");

        (await VersionsAsync(offer)).Select(version => version.GetProperty("number").GetInt32()).ShouldBe([3, 2, 1]);
        (await ReadAsync(offer, 2))["content.termMonths"].ShouldBe("21");
        foreach (var unknown in (int[])[0, 4])
        {
            (await office.Installer.SendAsync("GET", $"{PathOf(offer)}/versions/{unknown}")).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
        }
    }

    [Theory]
    [InlineData("PATCH", "{}")]
    [InlineData("PUT", null)]
    public async Task What_changes_nothing_makes_no_version(string method, string? body)
    {
        var offer = await office.OfferAsync();
        await SeeAsync(offer, "");

        var same = await office.Installer.ExpectAsync(method, PathOf(offer), (object?)body ?? office.Terms(), HttpStatusCode.OK);

        same.Text.ShouldBe(offer.Text);
        same.ETag.ShouldBe(offer.ETag);
    }

    [Fact]
    public async Task Seeing_an_offer_changes_nothing_about_it()
    {
        var offer = await office.OfferAsync();

        var seen = await office.CustomerClient.GetAsync(PathOf(offer), HttpStatusCode.OK);

        seen.Text.ShouldBe(offer.Text);
        seen.ETag.ShouldBe(offer.ETag);
        var firstSeenAt = (await VersionsAsync(offer))[0].GetProperty("firstSeenAt").GetDateTimeOffset();
        await SeeAsync(offer, "list");
        (await VersionsAsync(offer))[0].GetProperty("firstSeenAt").GetDateTimeOffset().ShouldBe(firstSeenAt);
        (await office.Installer.GetAsync(PathOf(offer), HttpStatusCode.OK)).ETag.ShouldBe(offer.ETag);
    }

    [Fact]
    public async Task An_offer_of_the_next_page_is_not_marked_as_seen()
    {
        var older = await office.OfferAsync();
        var newer = await office.OfferAsync();

        await office.CustomerClient.GetAsync("/loan-offers?limit=1", HttpStatusCode.OK);

        (await VersionsAsync(newer))[0].GetProperty("firstSeenAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await VersionsAsync(older))[0].GetProperty("firstSeenAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [MemberData(nameof(WaysToSee))]
    public async Task What_the_customer_has_seen_is_not_deleted(string way)
    {
        var offer = await office.OfferAsync();
        await SeeAsync(offer, way);

        (await office.Installer.SendAsync("DELETE", PathOf(offer))).ShouldBeProblem(HttpStatusCode.Conflict, "offer-seen");

        // Nor once it has terms that nobody saw.
        await PatchAsync(offer, """{"termMonths":20}""");
        (await office.Installer.SendAsync("DELETE", PathOf(offer))).ShouldBeProblem(HttpStatusCode.Conflict, "offer-seen");
        (await VersionsAsync(offer)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Whatever_a_customer_was_shown_is_there_though_it_is_deleted_at_the_same_time()
    {
        for (var round = 0; round < 10; round++)
        {
            var offer = await office.OfferAsync();

            var answers = await Task.WhenAll(
                office.CustomerClient.SendAsync("GET", PathOf(offer)),
                office.Installer.SendAsync("DELETE", PathOf(offer))
            );

            var isShown = answers[0].Status == HttpStatusCode.OK;
            answers[0].Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
            answers[1].Status.ShouldBe(isShown ? HttpStatusCode.Conflict : HttpStatusCode.NoContent);
            (await office.Installer.SendAsync("GET", PathOf(offer))).Status.ShouldBe(isShown ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_version_that_was_made_for_another_customer_is_not_shown()
    {
        var offer = await office.OfferAsync();
        await SeeAsync(offer, "");
        var second = office.AddCustomer();
        (await PatchAsync(offer, $$"""{"customerId":"{{second.Id}}"}"""))["version"].ShouldBe("2");

        foreach (var suffix in (string[])["", "/versions", "/versions/1", "/versions/2"])
        {
            (await office.CustomerClient.SendAsync("GET", PathOf(offer) + suffix)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        var customer = office.ClientOf(second.Id);
        (await customer.SendAsync("GET", $"{PathOf(offer)}/versions/1")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        var versions = await customer.GetAsync($"{PathOf(offer)}/versions", HttpStatusCode.OK);
        versions.Json.GetProperty("items").EnumerateArray().Single().GetProperty("number").GetInt32().ShouldBe(2);
        (await customer.GetAsync($"{PathOf(offer)}/versions/2", HttpStatusCode.OK))["content.customerName"].ShouldBe(second.FullName);
    }

    [Fact]
    public async Task There_are_no_more_versions_than_a_thousand()
    {
        var offer = await office.OfferAsync();
        await office.SqlAsync($"UPDATE loans.offers SET version = 1000 WHERE id = '{offer.Id}'");
        await SeeAsync(offer, "");

        var answer = await office.Installer.SendAsync("PATCH", PathOf(offer), """{"termMonths":20}""");

        answer.ShouldBeProblem(HttpStatusCode.Conflict, "too-many-versions");
        (await office.Installer.GetAsync(PathOf(offer), HttpStatusCode.OK))["termMonths"].ShouldBe("10");
    }

    [Fact]
    public async Task Whatever_a_customer_was_shown_stays_readable_though_it_is_changed_at_the_same_time()
    {
        var offer = await office.OfferAsync();
        var shown = new List<Answer>();
        for (var round = 0; round < 20; round++)
        {
            var answers = await Task.WhenAll(
                office.CustomerClient.GetAsync(PathOf(offer), HttpStatusCode.OK),
                PatchAsync(offer, $$"""{"termMonths":{{20 + round}}}"""),
                office.CustomerClient.GetAsync(PathOf(offer), HttpStatusCode.OK)
            );
            shown.Add(answers[0]);
            shown.Add(answers[2]);
        }

        var versions = (await VersionsAsync(offer)).ToDictionary(
            version => version.GetProperty("number").GetInt32(),
            version => version.GetProperty("documentHash").GetString()
        );
        shown.ShouldAllBe(answer => versions[answer.Json.GetProperty("version").GetInt32()] == answer["documentHash"]);
    }

    [Fact]
    public async Task An_offer_that_an_earlier_release_wrote_is_read_without_its_hash_until_it_is_filled_in()
    {
        var offer = await office.OfferAsync();
        await office.BehindTheApiAsync(
            (LoansDbContext db) => db.Database.ExecuteSqlAsync($"UPDATE loans.offers SET document_hash = NULL WHERE id = {offer.Id}")
        );
        (await office.Installer.GetAsync(PathOf(offer), HttpStatusCode.OK)).Json.TryGetProperty("documentHash", out _).ShouldBeFalse();

        await office.BehindTheApiAsync(
            async (LoansDbContext db) =>
            {
                await new MissingDocumentHashes(db).PrepareAsync(TestContext.Current.CancellationToken);
                return true;
            }
        );

        (await office.Installer.GetAsync(PathOf(offer), HttpStatusCode.OK))["documentHash"].ShouldBe(offer["documentHash"]);
    }

    private static string PathOf(Answer offer) => $"/loan-offers/{offer.Id}";

    private static DateTimeOffset TimeOf(Answer offer) => offer.Json.GetProperty("createdAt").GetDateTimeOffset();

    private Task<Answer> SeeAsync(Answer offer, string way) =>
        office.CustomerClient.GetAsync(way == "list" ? "/loan-offers" : PathOf(offer) + way, HttpStatusCode.OK);

    private Task<Answer> PatchAsync(Answer offer, string patch) =>
        office.Installer.ExpectAsync("PATCH", PathOf(offer), patch, HttpStatusCode.OK);

    private Task<Answer> ReadAsync(Answer offer, int number) =>
        office.Installer.GetAsync($"{PathOf(offer)}/versions/{number}", HttpStatusCode.OK);

    private async Task<List<JsonElement>> VersionsAsync(Answer offer) =>
        [.. (await office.Installer.GetAsync($"{PathOf(offer)}/versions", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray()];
}
