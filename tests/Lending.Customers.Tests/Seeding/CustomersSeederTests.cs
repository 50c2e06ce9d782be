using System.Net;
using Lending.Customers.Seeding;
using Lending.Kernel;
using Lending.Seeding;
using Lending.Testing;

namespace Lending.Customers.Tests.Seeding;

public class CustomersSeederTests
{
    [Fact]
    public async Task The_module_alone_fills_the_organisations_that_a_neighbour_names_and_empties_only_these()
    {
        var neighbour = new Organizations();
        await using var host = await CustomersFixture.StartAsync();
        var seeder = new Seeder(host.Services, services => [neighbour, new CustomersSeeder(services)]);
        var own = host.ClientFor(Persons.Installer(Unique.Id()));
        await own.CreateCustomerAsync();

        var seeded = await seeder.SeedAsync(new SeedOptions { Customers = 12 }, progress: null, CancellationToken.None);

        var client = host.ClientFor(Persons.Installer(neighbour.Organization.Id));
        (await client.CountAsync()).ShouldBe(12);
        foreach (var number in Enumerable.Range(0, 12))
        {
            var customer = seeded.Plan.Customer(neighbour.Organization, number);
            var read = await client.GetAsync($"/customers/{customer.Id}", HttpStatusCode.OK);
            (read["fullName"], read["email"], read["createdBy.username"]).ShouldBe((customer.FullName, customer.Email, "installer"));
            (await client.CountAsync($"search={Uri.EscapeDataString(customer.Email.ToUpperInvariant())}")).ShouldBe(1);
        }

        await seeder.EmptyAsync(CancellationToken.None);

        (await client.CountAsync()).ShouldBe(0);
        (await own.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public void Without_the_module_nobody_knows_the_customers() =>
        Should.Throw<InvalidOperationException>(() => new SeedPlan(new SeedOptions()).Customer(Organizations.Named(0), 0));

    /// <summary>What the Identity module would say.</summary>
    private sealed class Organizations : IModuleSeeder
    {
        public SeededOrganization Organization { get; } = Named(12);

        public static SeededOrganization Named(int customers) =>
            new()
            {
                Id = Unique.Id(),
                Number = 0,
                Name = "Solar GmbH",
                Currency = "EUR",
                TimeZone = "Europe/Berlin",
                Language = SeedLocale.De,
                Installers = [new UserReference(Unique.Id(), "installer")],
                Administrator = new UserReference(Unique.Id(), "administrator"),
                CustomerCount = customers,
            };

        public void Prepare(SeedPlan plan) => plan.Organizations.Add(Organization);

        public Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct) => Task.CompletedTask;

        public Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct) => Task.CompletedTask;
    }
}
