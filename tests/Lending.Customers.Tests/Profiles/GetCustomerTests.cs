using System.Net;
using System.Text.Json;
using FastEndpoints;
using Lending.Customers.Profiles;
using Lending.Testing;

namespace Lending.Customers.Tests.Profiles;

public class GetCustomerTests(CustomersFixture host)
{
    [Fact]
    public async Task An_installer_reads_a_customer_of_the_own_organisation()
    {
        var client = host.Installer();
        var person = CustomersFixture.Person();
        var (_, created) = await client.POSTAsync<CreateCustomer, CustomerDetails, CustomerResponse>(person);

        var read = await client.GetAsync($"/customers/{created!.Id}", HttpStatusCode.OK);

        read.Json.Deserialize<CustomerResponse>(JsonSerializerOptions.Web).ShouldBe(created);
        read["email"].ShouldBe(person.Email);
    }

    [Fact]
    public async Task A_customer_reads_their_own_profile()
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();
        var customer = host.ClientFor(Persons.Customer(organization, created.Id));

        (await customer.GetAsync($"/customers/{created.Id}", HttpStatusCode.OK)).Id.ShouldBe(created.Id);
    }

    [Fact]
    public async Task An_installer_of_another_organisation_gets_404()
    {
        var created = await host.Installer().CreateCustomerAsync();

        (await host.Installer().SendAsync("GET", $"/customers/{created.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Another_customer_gets_404()
    {
        var organization = Unique.Id();
        var installer = host.Installer(organization);
        var one = await installer.CreateCustomerAsync();
        var other = await installer.CreateCustomerAsync();
        var customer = host.ClientFor(Persons.Customer(organization, one.Id));

        (await customer.SendAsync("GET", $"/customers/{other.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_customer_user_without_a_profile_gets_404()
    {
        var organization = Unique.Id();
        var created = await host.Installer(organization).CreateCustomerAsync();
        var user = host.ClientFor(Persons.Customer(organization, customerId: null));

        (await user.SendAsync("GET", $"/customers/{created.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await user.CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("not-an-id")]
    public async Task An_unknown_id_is_404(string id) =>
        (await host.Installer().SendAsync("GET", $"/customers/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task Nobody_gets_401()
    {
        var created = await host.Installer().CreateCustomerAsync();

        (await host.Anonymous.SendAsync("GET", $"/customers/{created.Id}")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
