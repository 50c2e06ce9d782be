using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Customers.Profiles;
using Lending.Customers.Tests.Fakes;
using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Customers.Tests.Accounts;

public class RegisterCustomerTests(CustomersFixture host)
{
    private const string Path = "/auth/register-customer";
    private const string Password = "Sonnendach-und-Speicher";

    [Fact]
    public async Task Profile_and_account_are_made_in_the_default_organisation()
    {
        var (person, username) = (CustomersFixture.Person(), Unique.Username());

        var created = await host.Anonymous.PostAsync(Path, Body(person, username), HttpStatusCode.Created);

        created.Location!.ToString().ShouldBe($"/api/v1/customers/{created.Id}");
        created.ETag.ShouldNotBeNullOrEmpty();
        created["fullName"].ShouldBe($"{person.FirstName} {person.LastName}");
        created.Text.ShouldNotContain(Password);
        var account = (await host.Accounts.FindAsync(created.Id)).ShouldNotBeNull();
        account.ShouldBe(new(account.UserId, FakeOrganizations.Default.Id, person.Email, username, Password));
        created["createdBy.id"].ShouldBe(account.UserId.ToString());
        created["createdBy.username"].ShouldBe(username);
        (await host.Installer(FakeOrganizations.Default.Id).GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(
            created.Text
        );
        (await host.Installer().SendAsync("GET", $"/customers/{created.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_password_that_Identity_refuses_leaves_neither_profile_nor_account()
    {
        var person = CustomersFixture.Person();

        (await host.Anonymous.SendAsync("POST", Path, Body(person, Unique.Username(), FakeCustomerAccounts.WeakPassword)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["password"]);

        await NothingStoredAsync(person);
    }

    [Fact]
    public async Task A_user_name_that_is_taken_leaves_neither_profile_nor_account()
    {
        var person = CustomersFixture.Person();

        (await host.Anonymous.SendAsync("POST", Path, Body(person, FakeCustomerAccounts.RefusedPrefix)))
            .ShouldBeProblem(HttpStatusCode.Conflict, "username-taken")
            .WrongFields.ShouldBe(["username"]);

        await NothingStoredAsync(person);
    }

    [Fact]
    public async Task The_email_of_another_customer_is_taken()
    {
        var person = CustomersFixture.Person();
        await host.Installer(FakeOrganizations.Default.Id).PostAsync("/customers", person, HttpStatusCode.Created);

        (
            await host.Anonymous.SendAsync("POST", Path, Body(person with { Email = person.Email.ToUpperInvariant() }, Unique.Username()))
        ).ShouldBeProblem(HttpStatusCode.Conflict, "email-taken");
    }

    [Theory]
    [InlineData("user", "Sonnendach-und-Speicher", "Sonnendach-und-speicher", "passwordConfirm")]
    [InlineData("user", "Sonnendach-und-Speicher", null, "passwordConfirm")]
    [InlineData("user", null, null, "password")]
    [InlineData("user", "", "", "password")]
    [InlineData(null, "Sonnendach-und-Speicher", "Sonnendach-und-Speicher", "username")]
    [InlineData("a\nb", "Sonnendach-und-Speicher", "Sonnendach-und-Speicher", "username")]
    public async Task A_wrong_account_field_is_refused_by_name(string? username, string? password, string? confirm, string field)
    {
        var person = CustomersFixture.Person();

        (await host.Anonymous.SendAsync("POST", Path, Body(person, username, password, confirm)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([field]);

        await NothingStoredAsync(person);
    }

    [Fact]
    public async Task Account_fields_that_are_too_long_are_refused()
    {
        var tooLong = new string('x', 257);
        var person = CustomersFixture.Person();

        (await host.Anonymous.SendAsync("POST", Path, Body(person, tooLong, tooLong, tooLong)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["username", "password"]);

        await NothingStoredAsync(person);
    }

    [Fact]
    public async Task Where_sign_up_is_off_the_answer_is_403_whatever_the_request_says()
    {
        await using var closed = await CustomersFixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Registration:AllowSelfRegistration"] = "false" }
        );
        var person = CustomersFixture.Person();

        var refused = await closed.Client.SendAsync("POST", Path, Body(person, Unique.Username()));

        refused.ShouldBeProblem(HttpStatusCode.Forbidden, "self-registration-disabled");
        refused["detail"]!.ShouldContain("cannot sign up");
        (await closed.Client.SendAsync("POST", Path, "{}")).ShouldBeProblem(HttpStatusCode.Forbidden, "self-registration-disabled");
        (await CustomersFixture.AccountsOf(closed).CountAsync(person.Email)).ShouldBe(0);
    }

    [Fact]
    public async Task Where_emails_are_confirmed_the_answer_does_not_tell_which_are_known()
    {
        await using var careful = await CustomersFixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Registration:RequireConfirmedEmail"] = "true" }
        );
        var person = CustomersFixture.Person();

        var first = await careful.Client.SendAsync("POST", Path, Body(person, Unique.Username()));
        var second = await careful.Client.SendAsync("POST", Path, Body(person, Unique.Username()));

        var shouted = await careful.Client.SendAsync(
            "POST",
            Path,
            Body(person with { Email = person.Email.ToUpperInvariant() }, Unique.Username())
        );

        first.Status.ShouldBe(HttpStatusCode.Accepted, first.Text);
        shouted.ShouldBe(first);
        foreach (var known in (string[])[person.Email, Unique.Email()])
        {
            var other = person with { Email = known };
            (
                await careful.Client.SendAsync("POST", Path, Body(other, Unique.Username(), FakeCustomerAccounts.WeakPassword))
            ).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
            (
                await careful.Client.SendAsync("POST", Path, Body(other, $"{FakeCustomerAccounts.RefusedPrefix}-{Unique.Text()}"))
            ).ShouldBeProblem(HttpStatusCode.Conflict, "username-taken");
        }
        second.ShouldBe(first);
        (await CustomersFixture.AccountsOf(careful).CountAsync(person.Email)).ShouldBe(1);
        careful.Messages.To(person.Email).Select(message => message.Kind).ShouldBe([MessageKind.AccountExists, MessageKind.AccountExists]);
    }

    [Fact]
    public async Task Who_signs_up_too_often_has_to_wait()
    {
        await using var limited = await CustomersFixture.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["RateLimits:RegistrationPerMinute"] = "1" }
        );

        var first = await limited.Client.SendAsync("POST", Path, "{}");
        var second = await limited.Client.SendAsync("POST", Path, "{}");

        first.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        second.ShouldBeProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    [Fact]
    public async Task A_setting_that_is_neither_true_nor_false_stops_the_start()
    {
        var start = () =>
            CustomersFixture.StartAsync(
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Registration:AllowSelfRegistration"] = "perhaps" }
            );

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("Registration:AllowSelfRegistration");
    }

    private static JsonObject Body(CustomerDetails person, string? username, string? password = Password) =>
        Body(person, username, password, password);

    private static JsonObject Body(CustomerDetails person, string? username, string? password, string? passwordConfirm)
    {
        var body = JsonSerializer.SerializeToNode(person, JsonSerializerOptions.Web)!.AsObject();
        (body["username"], body["password"], body["passwordConfirm"]) = (username, password, passwordConfirm);
        return body;
    }

    private async Task NothingStoredAsync(CustomerDetails person)
    {
        (await host.Installer(FakeOrganizations.Default.Id).CountAsync($"search={person.Email}")).ShouldBe(0);
        (await host.Accounts.CountAsync(person.Email)).ShouldBe(0);
    }
}
