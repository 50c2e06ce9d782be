using System.Net;
using Lending.Testing;

namespace Lending.Applications.Tests.CreditApplications;

/// <summary>Who sees which applications.</summary>
public sealed class ListApplicationsTests(ApplicationsFixture fixture)
{
    private const string Path = "/applications";

    private readonly Guid organization = Unique.Id();

    private HttpClient Installer => fixture.Host.ClientFor(Persons.Installer(organization));

    [Fact]
    public async Task The_newest_comes_first_and_a_cursor_leads_to_the_next_page()
    {
        var customer = fixture.Customer(organization);
        var older = await ApplicationsFixture.DraftAsync(Installer, customer.Id);
        var newer = await ApplicationsFixture.DraftAsync(Installer, customer.Id);

        var first = await Installer.GetAsync($"{Path}?limit=1&includeTotal=true", HttpStatusCode.OK);
        var second = await Installer.GetAsync($"{Path}?limit=1&cursor={first["nextCursor"]}", HttpStatusCode.OK);

        IdsIn(first).ShouldBe([newer]);
        first.Json.GetProperty("total").GetInt32().ShouldBe(2);
        IdsIn(second).ShouldBe([older]);
        second["nextCursor"].ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Filters_leave_what_fits()
    {
        var (one, other) = (fixture.Customer(organization), fixture.Customer(organization));
        var draft = await ApplicationsFixture.DraftAsync(Installer, one.Id);
        var joint = await ApplicationsFixture.DraftAsync(Installer, other.Id, new { secondCustomerId = one.Id });
        await Installer.PostAsync($"{Path}/{joint}/withdraw", new { }, HttpStatusCode.OK);

        IdsIn(await Installer.GetAsync($"{Path}?customerId={one.Id}", HttpStatusCode.OK)).ShouldBe([joint, draft]);
        IdsIn(await Installer.GetAsync($"{Path}?customerId={other.Id}", HttpStatusCode.OK)).ShouldBe([joint]);
        IdsIn(await Installer.GetAsync($"{Path}?status=DRAFT", HttpStatusCode.OK)).ShouldBe([draft]);
        IdsIn(await Installer.GetAsync($"{Path}?status=DRAFT&status=WITHDRAWN", HttpStatusCode.OK)).ShouldBe([joint, draft]);
    }

    [Fact]
    public async Task Customers_see_their_own_alone_or_with_another_one()
    {
        var (one, other) = (fixture.Customer(organization), fixture.Customer(organization));
        var own = await ApplicationsFixture.DraftAsync(Installer, one.Id);
        var joint = await ApplicationsFixture.DraftAsync(Installer, one.Id, new { secondCustomerId = other.Id });
        var client = fixture.Host.ClientFor(Persons.Customer(organization, other.Id));

        IdsIn(await client.GetAsync(Path, HttpStatusCode.OK)).ShouldBe([joint]);
        await client.GetAsync($"{Path}/{joint}", HttpStatusCode.OK);
        (await client.SendAsync("GET", $"{Path}/{own}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await client.SendAsync("PATCH", $"{Path}/{own}", new { cars = 1 })).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await client.SendAsync("POST", $"{Path}/{own}/withdraw", new { })).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Another_organisation_sees_and_changes_nothing_of_it()
    {
        var (id, _) = await ApplicationsFixture.AssessedAsync(Installer, fixture.Customer(organization).Id, People.C);
        var other = fixture.Host.ClientFor(Persons.Administrator(Unique.Id()));

        IdsIn(await other.GetAsync(Path, HttpStatusCode.OK)).ShouldBeEmpty();
        foreach (var (method, path, body) in EveryStep(id))
        {
            (await other.SendAsync(method, path, body)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task Whoever_lacks_the_permission_is_refused()
    {
        var customer = fixture.Customer(organization);
        var id = await ApplicationsFixture.DraftAsync(Installer, customer.Id);
        var own = fixture.Host.ClientFor(Persons.Customer(organization, customer.Id));

        foreach (var step in (string[])["assess", "reassess", "claim", "decide"])
        {
            var body = step == "decide" ? new { result = "APPROVED", comment = "Yes." } : null;
            (await own.SendAsync("POST", $"{Path}/{id}/{step}", body)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        (await Installer.SendAsync("POST", $"{Path}/{id}/claim")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await Installer.SendAsync("POST", $"{Path}/{id}/review-requests", new { })).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await fixture.Host.Client.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public Task Cursors_that_it_never_gave_are_refused() => Installer.ShouldRefuseForgedCursorsAsync(Path);

    private static IEnumerable<(string Method, string Path, object? Body)> EveryStep(Guid id) =>
        [
            ("GET", $"{Path}/{id}", null),
            ("GET", $"{Path}/{id}/explanation", null),
            ("PATCH", $"{Path}/{id}", new { cars = 1 }),
            ("POST", $"{Path}/{id}/submit", null),
            ("POST", $"{Path}/{id}/assess", null),
            ("POST", $"{Path}/{id}/reassess", null),
            ("POST", $"{Path}/{id}/claim", null),
            ("POST", $"{Path}/{id}/decide", new { result = "APPROVED", comment = "Yes." }),
            ("POST", $"{Path}/{id}/withdraw", new { }),
        ];

    private static IEnumerable<Guid> IdsIn(Answer page) =>
        page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());
}
