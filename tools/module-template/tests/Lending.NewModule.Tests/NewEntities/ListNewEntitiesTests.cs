using System.Net;
using Lending.NewModule.NewEntities;
using Lending.Testing;

namespace Lending.NewModule.Tests.NewEntities;

public sealed class ListNewEntitiesTests(NewModuleFixture fixture)
{
    private const string Path = "/new-entities";
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task The_newest_comes_first_and_a_cursor_leads_to_the_next_page()
    {
        await fixture.AddAsync(organization, NewEntity.Create("older", Noon), NewEntity.Create("newer", Noon.AddHours(1)));
        var installer = fixture.Host.ClientFor(Persons.Installer(organization));

        var first = await installer.GetAsync($"{Path}?limit=1&includeTotal=true", HttpStatusCode.OK);
        var second = await installer.GetAsync($"{Path}?limit=1&cursor={first["nextCursor"]}", HttpStatusCode.OK);

        NamesIn(first).ShouldBe(["newer"]);
        first.Json.GetProperty("total").GetInt32().ShouldBe(2);
        NamesIn(second).ShouldBe(["older"]);
        second["nextCursor"].ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Another_organisation_sees_nothing_of_it()
    {
        await fixture.AddAsync(organization, NewEntity.Create("ours", Noon));

        NamesIn(await fixture.Host.ClientFor(Persons.Installer(organization)).GetAsync(Path, HttpStatusCode.OK)).ShouldBe(["ours"]);
        NamesIn(await fixture.Host.ClientFor(Persons.Installer(Unique.Id())).GetAsync(Path, HttpStatusCode.OK)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_lacks_the_permission_is_refused()
    {
        var customer = fixture.Host.ClientFor(Persons.Customer(organization, Unique.Id()));

        (await customer.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        (await fixture.Host.Client.SendAsync("GET", Path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public Task Cursors_that_it_never_gave_are_refused() =>
        fixture.Host.ClientFor(Persons.Installer(organization)).ShouldRefuseForgedCursorsAsync(Path);

    private static IEnumerable<string> NamesIn(Answer page) =>
        page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()!);
}
