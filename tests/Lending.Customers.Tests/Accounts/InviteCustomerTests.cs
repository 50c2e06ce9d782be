using System.Net;
using Lending.Customers.Tests.Fakes;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Customers.Tests.Accounts;

public class InviteCustomerTests(CustomersFixture host)
{
    [Fact]
    public async Task The_invitation_is_mailed_and_the_answer_says_until_when_it_works()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        var invitation = await client.PostAsync($"/customers/{created.Id}/invitation", null, HttpStatusCode.Accepted);

        invitation["token"].ShouldBe($"token-of-{created.Id}");
        invitation["expiresAt"].ShouldBe("2030-01-02T03:04:05+00:00");
        invitation.Json.EnumerateObject().Count().ShouldBe(2);
        var mailed = host.Messages.To(created["email"]!).ShouldHaveSingleItem();
        mailed.Kind.ShouldBe(MessageKind.CustomerInvitation);
        mailed.CustomerId.ShouldBe(created.Id);
        mailed.Values["token"].ShouldBe($"token-of-{created.Id}");
        mailed.Values["name"].ShouldBe($"{created["firstName"]} {created["lastName"]}");
    }

    [Fact]
    public async Task Only_developers_are_answered_the_token()
    {
        await using var careful = await CustomersFixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Invitations:AnswerWithToken"] = "false" }
        );
        var client = careful.ClientFor(Persons.Installer(Unique.Id()));
        var created = await client.CreateCustomerAsync();

        var invitation = await client.PostAsync($"/customers/{created.Id}/invitation", null, HttpStatusCode.Accepted);

        invitation["token"].ShouldBeEmpty();
        careful.Messages.TokenTo(created["email"]!, MessageKind.CustomerInvitation).ShouldBe($"token-of-{created.Id}");
    }

    [Fact]
    public async Task A_body_is_not_needed_and_nothing_may_stand_in_it()
    {
        var client = host.Installer();
        var path = $"/customers/{(await client.CreateCustomerAsync()).Id}/invitation";

        await client.PostAsync(path, "{}", HttpStatusCode.Accepted);
        (await client.SendAsync("POST", path, """{"email":"x"}"""))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["email"]);
        (await client.SendAsync("POST", path, "{ ")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await client.SendAsync("POST", path, "<a/>", contentType: "text/xml")).ShouldBeProblem(
            HttpStatusCode.UnsupportedMediaType,
            "unsupported-media-type"
        );
    }

    [Fact]
    public async Task Who_has_a_password_is_not_invited()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        FakeCustomerAccounts.Activate(created.Id);

        (await client.SendAsync("POST", $"/customers/{created.Id}/invitation")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "account-has-password"
        );
    }

    [Fact]
    public async Task Nobody_else_may_invite_a_customer()
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();
        var path = $"/customers/{created.Id}/invitation";

        (await host.Installer().SendAsync("POST", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.ClientFor(Persons.Customer(organization, created.Id)).SendAsync("POST", path)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await host.Anonymous.SendAsync("POST", path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
