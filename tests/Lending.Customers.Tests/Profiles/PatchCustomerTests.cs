using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Customers.Profiles;
using Lending.Customers.Tests.Fakes;
using Lending.Testing;

namespace Lending.Customers.Tests.Profiles;

public class PatchCustomerTests(CustomersFixture host)
{
    [Fact]
    public async Task Only_what_the_patch_names_changes()
    {
        var client = host.Installer();
        var person = CustomersFixture.Person();
        var created = await client.PostAsync("/customers", person, HttpStatusCode.Created);

        var patched = await client.ExpectAsync(
            "PATCH",
            $"/customers/{created.Id}",
            new { city = "Köln", phoneNumber = "+49 (0)221 123456" },
            HttpStatusCode.OK
        );

        patched["city"].ShouldBe("Köln");
        patched["phoneNumber"].ShouldBe("+49221123456");
        patched["fullName"].ShouldBe($"{person.FirstName} {person.LastName}");
        patched["email"].ShouldBe(person.Email);
        patched.ETag.ShouldNotBe(created.ETag);
        (await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(patched.Text);
    }

    [Fact]
    public async Task A_patch_of_one_member_leaves_all_others()
    {
        var client = host.Installer();
        var person = CustomersFixture.Person() with { AddressLine2 = "2. Stock", State = "Hessen" };
        var created = await client.PostAsync("/customers", person, HttpStatusCode.Created);
        var changes = new JsonObject();
        foreach (var member in typeof(CustomerDetails).GetProperties())
        {
            changes[JsonNamingPolicy.CamelCase.ConvertName(member.Name)] = member.Name switch
            {
                nameof(CustomerDetails.Email) => Unique.Email(),
                nameof(CustomerDetails.PhoneNumber) => "+49221123456",
                nameof(CustomerDetails.PostalCode) => "50679-1",
                nameof(CustomerDetails.Country) => "AT",
                nameof(CustomerDetails.Language) => "en",
                _ => $"Another {member.Name}",
            };
        }

        await client.ShouldChangeEachMemberAloneAsync<CustomerDetails>(_ => $"/customers/{created.Id}", changes);
    }

    [Fact]
    public async Task Null_clears_what_is_optional()
    {
        var client = host.Installer();
        var person = CustomersFixture.Person() with { AddressLine2 = "2. Stock", State = "Hessen", Language = "de" };
        var created = await client.PostAsync("/customers", person, HttpStatusCode.Created);
        created["language"].ShouldBe("de");

        var patched = await client.ExpectAsync(
            "PATCH",
            $"/customers/{created.Id}",
            """{"addressLine2":null,"state":null,"language":null}""",
            HttpStatusCode.OK
        );
        patched["language"].ShouldBeEmpty();

        patched["fullAddress"].ShouldBe($"{person.AddressLine1}, {person.City}, {person.PostalCode}, {person.Country}");
    }

    [Fact]
    public async Task A_merge_patch_content_type_is_JSON_too()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        var patched = await client.SendAsync(
            "PATCH",
            $"/customers/{created.Id}",
            """{"lastName":"Neu"}""",
            contentType: "application/merge-patch+json"
        );

        patched.Status.ShouldBe(HttpStatusCode.OK, patched.Text);
        patched["lastName"].ShouldBe("Neu");
    }

    [Fact]
    public async Task A_patch_without_a_body_is_refused()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        (await client.SendAsync("PATCH", $"/customers/{created.Id}")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-json");
        (await client.SendAsync("PATCH", $"/customers/{created.Id}", "null")).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-json");
    }

    [Fact]
    public async Task A_changed_email_reaches_the_account_or_nothing_changes()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        var (good, refused) = (Unique.Email(), Unique.Email(FakeCustomerAccounts.RefusedPrefix));

        await client.ExpectAsync("PATCH", $"/customers/{created.Id}", new { email = good }, HttpStatusCode.OK);
        (await client.SendAsync("PATCH", $"/customers/{created.Id}", new { email = refused })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            FakeCustomerAccounts.Refused.Code
        );

        (await host.Accounts.FindAsync(created.Id))!.Email.ShouldBe(good);
        (await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK))["email"].ShouldBe(good);
    }

    [Fact]
    public async Task The_email_of_another_customer_is_taken()
    {
        var client = host.Installer();
        var one = await client.CreateCustomerAsync();
        var other = await client.CreateCustomerAsync();

        (await client.SendAsync("PATCH", $"/customers/{other.Id}", new { email = one["email"] })).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "email-taken"
        );
    }

    [Fact]
    public async Task Another_version_is_412()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        await client.ExpectAsync("PATCH", $"/customers/{created.Id}", new { city = "Ulm" }, HttpStatusCode.OK, created.ETag);

        (await client.SendAsync("PATCH", $"/customers/{created.Id}", new { city = "Bonn" }, created.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );

        (await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK))["city"].ShouldBe("Ulm");
    }

    [Theory]
    [InlineData("id")]
    [InlineData("createdAt")]
    [InlineData("createdBy")]
    [InlineData("fullName")]
    [InlineData("organizationId")]
    public async Task What_the_system_writes_cannot_be_patched(string member)
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        (await client.SendAsync("PATCH", $"/customers/{created.Id}", $$"""{"{{member}}":"{{Unique.Id()}}"}"""))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([member]);
    }

    [Fact]
    public async Task Nobody_else_may_change_a_customer()
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();
        var path = $"/customers/{created.Id}";

        (await host.Installer().SendAsync("PATCH", path, new { city = "Ulm" })).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.ClientFor(Persons.Customer(organization, created.Id)).SendAsync("PATCH", path, new { city = "Ulm" })).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await host.Anonymous.SendAsync("PATCH", path, new { city = "Ulm" })).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }
}
