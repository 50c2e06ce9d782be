using System.Net;
using Lending.Kernel;
using Lending.Platform.Seeding;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Customers.Tests.Seeding;

public class CustomersSeederTests(CustomersHost host)
{
    [Fact]
    public async Task Customers_with_accounts_are_made_and_the_first_can_log_in()
    {
        var plan = Plan(Unique.Id());

        await SeedAsync(plan);

        var client = host.Installer(plan.OrganizationId);
        (await client.CountAsync()).ShouldBe(12);
        plan.Customers.Count.ShouldBe(12);
        foreach (var customer in plan.Customers)
        {
            var read = await client.GetAsync($"/customers/{customer.Id}", HttpStatusCode.OK);
            (read["fullName"], read["email"], read["createdBy.username"]).ShouldBe((customer.FullName, customer.Email, "installer"));
            (await host.Accounts.FindAsync(customer.Id)).ShouldNotBeNull().Email.ShouldBe(customer.Email);
        }
        plan.Accounts.ShouldBe([new DemoAccount("CUSTOMER", "demo-customer", "Waermepumpe-2026!")]);
        var demo = await host.Accounts.FindAsync(plan.Customers[0].Id);
        (demo!.Username, demo.Password).ShouldBe(("demo-customer", "Waermepumpe-2026!"));
        (await host.Accounts.FindAsync(plan.Customers[1].Id))!.Password.ShouldBeNull();
    }

    [Fact]
    public async Task Seeding_again_adds_nothing_and_tells_the_same()
    {
        var first = Plan(Unique.Id());
        await SeedAsync(first);

        var second = Plan(first.OrganizationId) with { Installer = first.Installer };
        await SeedAsync(second);

        second.Customers.ShouldBe(first.Customers);
        second.Accounts.ShouldBe(first.Accounts);
        (await host.Installer(first.OrganizationId).CountAsync()).ShouldBe(12);
    }

    [Fact]
    public async Task Customers_whom_somebody_else_made_are_left_alone()
    {
        var first = Plan(Unique.Id());
        await SeedAsync(first);

        var other = Plan(first.OrganizationId);
        await SeedAsync(other);

        other.Customers.ShouldBeEmpty();
        other.Accounts.ShouldBeEmpty();
        (await host.Installer(first.OrganizationId).CountAsync()).ShouldBe(12);
    }

    [Fact]
    public async Task Without_an_installer_there_is_nobody_to_create_them() =>
        await Should.ThrowAsync<InvalidOperationException>(() =>
            SeedAsync(new SeedPlan(Seed: 1, CustomerCount: 1, OfferCount: 0) { OrganizationId = Unique.Id() })
        );

    private static SeedPlan Plan(Guid organization) =>
        new(Seed: 42, CustomerCount: 12, OfferCount: 0)
        {
            OrganizationId = organization,
            Installer = new UserReference(Unique.Id(), "installer"),
        };

    private Task<SeedPlan> SeedAsync(SeedPlan plan) =>
        host.InModuleAsync(
            Guid.Empty,
            async services =>
            {
                await services.GetRequiredService<IModuleSeeder>().SeedAsync(plan, CancellationToken.None);
                return plan;
            }
        );
}
