using System.Net;
using System.Text.Json;
using Lending.Customers.Profiles;
using Lending.Testing;

namespace Lending.Customers.Tests.Profiles;

public class CreateCustomerTests(CustomersFixture host)
{
    [Fact]
    public async Task The_answer_is_the_whole_customer_with_its_address_and_version()
    {
        var subject = Persons.Installer(Unique.Id());
        var email = Unique.Email("Anna");
        var body = new
        {
            firstName = " Anna ",
            lastName = "Schäfer",
            email,
            phoneNumber = "0049 (711) 123-45.67",
            addressLine1 = "Hauptstraße 12",
            addressLine2 = "2. Stock",
            city = "Stuttgart",
            state = "Baden-Württemberg",
            postalCode = "70173",
            country = "de",
        };

        var created = await host.ClientFor(subject).PostAsync("/customers", body, HttpStatusCode.Created);

        created.Location!.ToString().ShouldBe($"/api/v1/customers/{created.Id}");
        created.ETag.ShouldNotBeNullOrEmpty();
        created
            .Json.EnumerateObject()
            .Select(member => member.Name)
            .ShouldBe(
                [
                    .. typeof(CustomerDetails).GetProperties().Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)),
                    "id",
                    "fullName",
                    "fullAddress",
                    "installerId",
                    "createdBy",
                    "createdAt",
                    "updatedAt",
                ],
                ignoreOrder: true
            );
        created["firstName"].ShouldBe("Anna");
        created["fullName"].ShouldBe("Anna Schäfer");
        created["email"].ShouldBe(email);
        created["phoneNumber"].ShouldBe("+497111234567");
        created["country"].ShouldBe("DE");
        created["fullAddress"].ShouldBe("Hauptstraße 12, 2. Stock, Stuttgart, Baden-Württemberg, 70173, DE");
        created["createdBy.id"].ShouldBe(subject.UserId.ToString());
        created["installerId"].ShouldBe(subject.UserId.ToString());
        created["createdBy.username"].ShouldBe(subject.Username);
        created["updatedAt"].ShouldBe(created["createdAt"]);
        created.Json.GetProperty("createdAt").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
        created.Id.Version.ShouldBe(7);
    }

    [Fact]
    public async Task What_is_read_later_is_what_was_answered()
    {
        var client = host.Installer();
        var created = await client.PostAsync("/customers", CustomersFixture.Person(), HttpStatusCode.Created);

        var read = await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK);

        read.Text.ShouldBe(created.Text);
        read.ETag.ShouldBe(created.ETag);
    }

    [Fact]
    public async Task Second_address_line_and_state_may_be_left_out()
    {
        var person = CustomersFixture.Person() with { AddressLine2 = null, State = "  " };

        var created = await host.Installer().PostAsync("/customers", person, HttpStatusCode.Created);

        created.Json.GetProperty("addressLine2").ValueKind.ShouldBe(JsonValueKind.Null);
        created.Json.GetProperty("state").ValueKind.ShouldBe(JsonValueKind.Null);
        created["fullAddress"].ShouldBe($"{person.AddressLine1}, {person.City}, {person.PostalCode}, {person.Country}");
    }

    [Fact]
    public async Task A_customer_gets_an_account_without_a_password()
    {
        var organization = Unique.Id();
        var person = CustomersFixture.Person();

        var created = await host.Installer(organization).PostAsync("/customers", person, HttpStatusCode.Created);

        var account = (await host.Accounts.FindAsync(created.Id)).ShouldNotBeNull();
        account.ShouldSatisfyAllConditions(
            () => account.OrganizationId.ShouldBe(organization),
            () => account.Email.ShouldBe(person.Email),
            () => account.Username.ShouldBeNull(),
            () => account.Password.ShouldBeNull()
        );
    }

    [Fact]
    public async Task Where_the_account_is_refused_there_is_neither_customer_nor_account()
    {
        var client = host.Installer();
        var person = CustomersFixture.Person() with { Email = Unique.Email(Fakes.FakeCustomerAccounts.RefusedPrefix) };

        var refused = await client.SendAsync("POST", "/customers", person);

        refused.ShouldBeProblem(HttpStatusCode.Conflict, "username-taken");
        (await client.CountAsync()).ShouldBe(0);
        (await host.Accounts.CountAsync(person.Email)).ShouldBe(0);
    }

    [Fact]
    public async Task An_email_is_taken_in_whatever_case_of_letters()
    {
        var client = host.Installer();
        var person = CustomersFixture.Person() with { Email = $"müller-{Unique.Text()}@example.org" };
        await client.PostAsync("/customers", person, HttpStatusCode.Created);

        var second = await client.SendAsync("POST", "/customers", person with { Email = person.Email.ToUpperInvariant() });

        second.ShouldBeProblem(HttpStatusCode.Conflict, "email-taken").WrongFields.ShouldBe(["email"]);
        (await client.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Another_organisation_may_have_a_customer_with_the_same_email()
    {
        var person = CustomersFixture.Person();

        await host.Installer().PostAsync("/customers", person, HttpStatusCode.Created);
        await host.Installer().PostAsync("/customers", person, HttpStatusCode.Created);
    }

    [Fact]
    public async Task Of_many_who_race_for_one_email_exactly_one_wins()
    {
        var client = host.Installer();
        var email = Unique.Email("race");
        var emails = Enumerable.Range(0, 10).Select(number => number % 2 == 0 ? email : email.ToUpperInvariant());

        var answers = await Task.WhenAll(
            emails.Select(each => client.SendAsync("POST", "/customers", CustomersFixture.Person() with { Email = each }))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        foreach (var loser in answers.Where(answer => answer.Status != HttpStatusCode.Created))
        {
            loser.ShouldBeProblem(HttpStatusCode.Conflict, "email-taken");
        }
        (await client.CountAsync()).ShouldBe(1);
        (await host.Accounts.CountAsync(email) + await host.Accounts.CountAsync(email.ToUpperInvariant())).ShouldBe(1);
    }

    [Fact]
    public async Task A_customer_may_not_create_customers()
    {
        var client = host.ClientFor(Persons.Customer(Unique.Id(), Unique.Id()));

        (await client.SendAsync("POST", "/customers", CustomersFixture.Person())).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }
}
