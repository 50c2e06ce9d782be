using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Identity.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Platform.Seeding;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Seeding;

/// <summary>Writes made-up customers with their accounts; the first one can log in.</summary>
internal sealed class CustomersSeeder(CustomersDbContext db, ICustomerAccounts accounts, Caller caller, TimeProvider clock) : IModuleSeeder
{
    private static readonly DemoAccount Demo = new("CUSTOMER", "demo-customer", "Waermepumpe-2026!");
    private static readonly TimeSpan TimeBetweenCustomers = TimeSpan.FromHours(7);

    public async Task SeedAsync(SeedPlan plan, CancellationToken ct)
    {
        caller.ActFor(plan.OrganizationId, plan.Installer ?? throw new InvalidOperationException("Customers are seeded after Identity."));
        if (!await db.Customers.AnyAsync(ct))
        {
            await AddAsync(plan, ct);
        }
        plan.Accounts.Add(Demo);
        plan.Customers.AddRange(
            await db
                .Customers.OrderByDescending(customer => customer.CreatedAt)
                .ThenByDescending(customer => customer.Id)
                .Take(plan.CustomerCount)
                .Select(customer => new SeededCustomer(
                    customer.Id,
                    Customer.FullNameOf(customer.FirstName, customer.LastName),
                    customer.Email
                ))
                .ToListAsync(ct)
        );
    }

    private async Task AddAsync(SeedPlan plan, CancellationToken ct)
    {
        var fakes = new FakeCustomers(plan.Seed);
        var now = clock.GetStorableNow();
        // Into the past, so that the demo customer is the newest and heads every list.
        var customers = Enumerable
            .Range(0, plan.CustomerCount)
            .Select(number => Customer.Create(fakes.Next(), plan.Installer!, now - (number * TimeBetweenCustomers)))
            .ToList();
        using var transaction = Transactions.Begin();
        db.AddRange(customers);
        await db.SaveChangesAsync(ct);
        foreach (var customer in customers)
        {
            var errors = await accounts.CreateAsync(AccountOf(customer, isDemo: customer == customers[0]), ct);
            if (errors is [var error, ..])
            {
                throw new InvalidOperationException($"The account of customer {customer.Id} was refused: {error.Code}.");
            }
        }
        transaction.Complete();
    }

    private NewCustomerAccount AccountOf(Customer customer, bool isDemo) =>
        new(customer.Id, caller.OrganizationId, customer.Email, isDemo ? Demo.Username : null, isDemo ? Demo.Password : null)
        {
            UserId = Guid.CreateVersion7(customer.CreatedAt),
        };
}
