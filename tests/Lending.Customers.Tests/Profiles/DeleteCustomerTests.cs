using System.Net;
using Lending.Testing;

namespace Lending.Customers.Tests.Profiles;

public class DeleteCustomerTests(CustomersFixture host)
{
    [Fact]
    public async Task Customer_and_account_are_gone()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        (await client.ExpectAsync("DELETE", $"/customers/{created.Id}", null, HttpStatusCode.NoContent)).Text.ShouldBeEmpty();

        (await client.SendAsync("GET", $"/customers/{created.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await client.SendAsync("DELETE", $"/customers/{created.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.Accounts.FindAsync(created.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task The_email_is_free_again()
    {
        var client = host.Installer();
        var person = CustomersFixture.Person();
        var created = await client.PostAsync("/customers", person, HttpStatusCode.Created);
        await client.ExpectAsync("DELETE", $"/customers/{created.Id}", null, HttpStatusCode.NoContent);

        await client.PostAsync("/customers", person, HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_customer_with_offers_stays()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        host.Guard.AddOffer(created.Id);

        (await client.SendAsync("DELETE", $"/customers/{created.Id}")).ShouldBeProblem(HttpStatusCode.Conflict, "customer-has-offers");

        (await client.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).Text.ShouldBe(created.Text);
        (await host.Accounts.FindAsync(created.Id)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Only_the_version_that_was_asked_for_is_deleted()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();
        var path = $"/customers/{created.Id}";
        var patched = await client.ExpectAsync("PATCH", path, new { city = "Ulm" }, HttpStatusCode.OK);

        (await client.SendAsync("DELETE", path, ifMatch: created.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        await client.ExpectAsync("DELETE", path, null, HttpStatusCode.NoContent, patched.ETag);
    }

    [Fact]
    public async Task Of_many_who_delete_one_customer_exactly_one_succeeds()
    {
        var client = host.Installer();
        var created = await client.CreateCustomerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.SendAsync("DELETE", $"/customers/{created.Id}")));

        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.NotFound).ShouldBe(9);
    }

    [Fact]
    public async Task Nobody_else_may_delete_a_customer()
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();
        var path = $"/customers/{created.Id}";

        (await host.Installer().SendAsync("DELETE", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await host.ClientFor(Persons.Customer(organization, created.Id)).SendAsync("DELETE", path)).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        (await host.Anonymous.SendAsync("DELETE", path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        await host.Installer(organization).GetAsync(path, HttpStatusCode.OK);
    }
}
