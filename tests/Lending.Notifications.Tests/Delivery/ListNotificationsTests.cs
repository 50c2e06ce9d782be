using System.Net;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Notifications.Tests.Delivery;

public sealed class ListNotificationsTests(NotificationsFixture fixture)
{
    private const string Path = "/notifications";

    private readonly Guid organization = Unique.Id();

    [Fact]
    public async Task The_newest_comes_first_and_a_cursor_leads_to_the_next_page()
    {
        await AskAsync("older@example.org");
        await AskAsync("newer@example.org");
        var administrator = fixture.Host.ClientFor(Persons.Administrator(organization));

        var first = await administrator.GetAsync($"{Path}?limit=1&includeTotal=true", HttpStatusCode.OK);
        var second = await administrator.GetAsync($"{Path}?limit=1&cursor={first["nextCursor"]}", HttpStatusCode.OK);

        RecipientsIn(first).ShouldBe(["newer@example.org"]);
        first.Json.GetProperty("total").GetInt32().ShouldBe(2);
        RecipientsIn(second).ShouldBe(["older@example.org"]);
        second["nextCursor"].ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task It_lists_by_customer_and_by_state()
    {
        var greta = Unique.Id();
        await fixture.Host.AskForAsync(
            organization,
            Message.CustomerInvitation("greta@example.org", greta, "Greta", "secret", DateTimeOffset.MaxValue)
        );
        await AskAsync("somebody@example.org");
        await fixture.Host.SendDueAsync();
        await AskAsync("waiting@example.org");

        (await fixture.Host.ListAsync(organization, $"?customerId={greta}"))
            .ShouldHaveSingleItem()
            .GetProperty("recipient")
            .GetString()
            .ShouldBe("greta@example.org");
        (await fixture.Host.ListAsync(organization, "?status=SENT")).Count.ShouldBe(2);
        (await fixture.Host.ListAsync(organization, "?status=QUEUED"))
            .ShouldHaveSingleItem()
            .GetProperty("recipient")
            .GetString()
            .ShouldBe("waiting@example.org");
    }

    [Fact]
    public async Task Secrets_are_not_in_it()
    {
        const string token = "q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1";
        await fixture.Host.AskForAsync(organization, Message.PasswordReset("greta@example.org", "greta", token, DateTimeOffset.MaxValue));

        var queued = await fixture.Host.ClientFor(Persons.Administrator(organization)).GetAsync(Path, HttpStatusCode.OK);

        RecipientsIn(queued).ShouldBe(["greta@example.org"]);
        queued.Text.ShouldNotContain(token);
    }

    [Fact]
    public async Task Messages_to_staff_are_for_administrators()
    {
        var greta = Unique.Id();
        await fixture.Host.AskForAsync(
            organization,
            Message.CustomerInvitation("greta@example.org", greta, "Greta", "secret", DateTimeOffset.MaxValue)
        );
        await AskAsync("colleague@example.org");

        var ofInstaller = await fixture.Host.ClientFor(Persons.Installer(organization)).GetAsync(Path, HttpStatusCode.OK);
        var ofAdministrator = await fixture.Host.ClientFor(Persons.Administrator(organization)).GetAsync(Path, HttpStatusCode.OK);

        RecipientsIn(ofInstaller).ShouldBe(["greta@example.org"]);
        RecipientsIn(ofAdministrator).ShouldBe(["colleague@example.org", "greta@example.org"]);
    }

    [Fact]
    public async Task Another_organisation_sees_nothing_of_it()
    {
        await AskAsync("ours@example.org");

        (await fixture.Host.ListAsync(organization)).Count.ShouldBe(1);
        (await fixture.Host.ListAsync(Unique.Id())).ShouldBeEmpty();
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

    private Task AskAsync(string recipient) => fixture.Host.AskForAsync(organization, Message.AccountExists(recipient));

    private static IEnumerable<string> RecipientsIn(Answer page) =>
        page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("recipient").GetString()!);
}
