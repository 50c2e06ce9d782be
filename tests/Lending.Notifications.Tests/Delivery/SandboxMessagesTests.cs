using System.Net;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Notifications.Tests.Delivery;

/// <summary>What a sandbox would have mailed is read there, and nowhere else.</summary>
public sealed class SandboxMessagesTests(NotificationsFixture fixture)
{
    private readonly Guid sandbox = Unique.Id();

    [Fact]
    public async Task They_are_read_with_their_links_newest_first()
    {
        var (first, second) = (Unique.Email(), Unique.Email());
        await AskAsync(first, "first-token");
        await AskAsync(second, "second-token");
        using var key = fixture.Host.SandboxClientFor(sandbox);

        var page = await key.GetAsync("/sandbox/messages?includeTotal=true", HttpStatusCode.OK);

        page["total"].ShouldBe("2");
        var messages = page.Json.GetProperty("items").EnumerateArray().ToList();
        messages.Select(message => message.GetProperty("recipient").GetString()).ShouldBe([second, first]);
        messages[0].GetProperty("kind").GetString().ShouldBe("CUSTOMER_INVITATION");
        messages[0].GetProperty("subject").GetString().ShouldBe("Sonne & Dach GmbH invites you");
        messages[0].GetProperty("text").GetString()!.ShouldContain("https://loans.example/app/invitation#token=second-token");
        var next = await key.GetAsync("/sandbox/messages?limit=1", HttpStatusCode.OK);
        var last = await key.GetAsync($"/sandbox/messages?limit=1&cursor={next["nextCursor"]}", HttpStatusCode.OK);
        last.Json.GetProperty("items")[0].GetProperty("recipient").GetString().ShouldBe(first);
    }

    [Fact]
    public async Task Another_sandbox_sees_nothing_of_them_and_outside_of_sandboxes_there_are_none()
    {
        await AskAsync(Unique.Email(), "token");
        using var other = fixture.Host.SandboxClientFor(Unique.Id());

        (await other.GetAsync("/sandbox/messages", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await fixture.Host.ClientFor(Persons.Administrator(sandbox)).SendAsync("GET", "/sandbox/messages")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "not-a-sandbox"
        );
        (await fixture.Host.ClientFor(Persons.Installer(sandbox)).SendAsync("GET", "/sandbox/messages")).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
    }

    private Task AskAsync(string recipient, string token)
    {
        fixture.Sign(sandbox, FakeSenders.Usual with { IsSandbox = true });
        return fixture.Host.AskForAsync(
            sandbox,
            Message.CustomerInvitation(recipient, Unique.Id(), "Greta", token, DateTimeOffset.MaxValue)
        );
    }
}
