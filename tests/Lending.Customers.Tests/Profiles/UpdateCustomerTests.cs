using System.Net;
using Lending.Customers.Tests.Fakes;
using Lending.Testing;

namespace Lending.Customers.Tests.Profiles;

public class UpdateCustomerTests(CustomersFixture host)
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_change_of_nothing_changes_nothing(string method)
    {
        var client = host.Installer();
        var person = CustomersFixture.Person();
        var created = await client.PostAsync("/customers", person, HttpStatusCode.Created);
        // Written otherwise, and kept in the same form.
        var same = person with
        {
            FirstName = $" {person.FirstName} ",
            Country = person.Country.ToLowerInvariant(),
        };

        var answer = await client.ExpectAsync(method, $"/customers/{created.Id}", same, HttpStatusCode.OK, created.ETag);

        (answer.Text, answer.ETag).ShouldBe((created.Text, created.ETag));
        var read = await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK);
        (read.Text, read.ETag).ShouldBe((created.Text, created.ETag));
    }

    [Fact]
    public async Task All_details_are_replaced()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        var person = CustomersFixture.Person() with { AddressLine2 = null, State = null };

        var updated = await client.ExpectAsync("PUT", $"/customers/{created.Id}", person, HttpStatusCode.OK);

        updated["firstName"].ShouldBe(person.FirstName);
        updated["email"].ShouldBe(person.Email);
        updated["fullAddress"].ShouldBe($"{person.AddressLine1}, {person.City}, {person.PostalCode}, {person.Country}");
        updated["createdAt"].ShouldBe(created["createdAt"]);
        updated["createdBy.id"].ShouldBe(created["createdBy.id"]);
        updated
            .Json.GetProperty("updatedAt")
            .GetDateTimeOffset()
            .ShouldBeGreaterThan(created.Json.GetProperty("updatedAt").GetDateTimeOffset());
        updated.ETag.ShouldNotBe(created.ETag);
        var read = await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(updated.Text);
        read.ETag.ShouldBe(updated.ETag);
    }

    [Fact]
    public async Task A_changed_email_reaches_the_account()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        var person = CustomersFixture.Person();

        await client.ExpectAsync("PUT", $"/customers/{created.Id}", person, HttpStatusCode.OK);

        (await host.Accounts.FindAsync(created.Id))!.Email.ShouldBe(person.Email);
    }

    [Fact]
    public async Task Where_the_account_refuses_the_email_nothing_changes()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        var person = CustomersFixture.Person() with { Email = Unique.Email(FakeCustomerAccounts.RefusedPrefix) };

        (await client.SendAsync("PUT", $"/customers/{created.Id}", person)).ShouldBeProblem(
            HttpStatusCode.Conflict,
            FakeCustomerAccounts.Refused.Code
        );

        (await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(created.Text);
        (await host.Accounts.FindAsync(created.Id))!.Email.ShouldBe(created["email"]);
    }

    [Fact]
    public async Task The_email_of_another_customer_is_taken()
    {
        var client = host.Installer();
        var one = await client.CreateCustomerAsync();
        var other = await client.CreateCustomerAsync();
        var person = CustomersFixture.Person() with { Email = one["email"]!.ToUpperInvariant() };

        (await client.SendAsync("PUT", $"/customers/{other.Id}", person))
            .ShouldBeProblem(HttpStatusCode.Conflict, "email-taken")
            .WrongFields.ShouldBe(["email"]);

        (await client.GetAsync($"/customers/{other.Id}", HttpStatusCode.OK)).Text.ShouldBe(other.Text);
    }

    [Fact]
    public async Task The_own_email_may_change_its_case()
    {
        var client = host.Installer();
        var person = CustomersFixture.Person();
        var created = await client.PostAsync("/customers", person, HttpStatusCode.Created);

        var updated = await client.ExpectAsync(
            "PUT",
            $"/customers/{created.Id}",
            person with
            {
                Email = person.Email.ToUpperInvariant(),
            },
            HttpStatusCode.OK
        );

        updated["email"].ShouldBe(person.Email.ToUpperInvariant());
    }

    [Fact]
    public async Task The_current_version_or_any_may_be_asked_for()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        var first = await client.ExpectAsync("PUT", $"/customers/{created.Id}", CustomersFixture.Person(), HttpStatusCode.OK, created.ETag);
        await client.ExpectAsync("PUT", $"/customers/{created.Id}", CustomersFixture.Person(), HttpStatusCode.OK, $"\"1\", {first.ETag}");
        await client.ExpectAsync("PUT", $"/customers/{created.Id}", CustomersFixture.Person(), HttpStatusCode.OK, "*");
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("W/\"1\"")]
    [InlineData("not an entity tag")]
    public async Task Another_version_is_412(string ifMatch)
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        (await client.SendAsync("PUT", $"/customers/{created.Id}", CustomersFixture.Person(), ifMatch)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );

        (await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(created.Text);
    }

    [Fact]
    public async Task Of_many_writers_who_read_the_same_version_exactly_one_wins()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        // Half of them change the e-mail too, which takes the way through a transaction.
        var persons = Enumerable
            .Range(0, 10)
            .Select(number => CustomersFixture.Person() with { Email = number % 2 == 0 ? created["email"]! : Unique.Email() })
            .ToList();

        var answers = await Task.WhenAll(
            persons.Select(person => client.SendAsync("PUT", $"/customers/{created.Id}", person, created.ETag))
        );

        var winner = answers.Where(answer => answer.Status == HttpStatusCode.OK).ShouldHaveSingleItem();
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            loser.ShouldBeProblem(HttpStatusCode.PreconditionFailed, "precondition-failed");
        }
        (await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(winner.Text);
        (await host.Accounts.FindAsync(created.Id))!.Email.ShouldBe(winner["email"]);
    }

    [Fact]
    public async Task Writers_without_a_version_lose_with_a_conflict_or_win_one_after_the_other()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => client.SendAsync("PUT", $"/customers/{created.Id}", CustomersFixture.Person()))
        );

        answers.ShouldContain(answer => answer.Status == HttpStatusCode.OK);
        foreach (var loser in answers.Where(answer => answer.Status != HttpStatusCode.OK))
        {
            loser.ShouldBeProblem(HttpStatusCode.Conflict, "concurrent-change");
        }
    }

    [Fact]
    public async Task Nobody_else_may_change_a_customer()
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();
        var path = $"/customers/{created.Id}";
        var person = CustomersFixture.Person();

        (await host.Installer().SendAsync("PUT", path, person)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.ClientFor(Persons.Customer(organization, created.Id)).SendAsync("PUT", path, person)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await host.Anonymous.SendAsync("PUT", path, person)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await host.Installer(organization).GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(created.Text);
    }
}
