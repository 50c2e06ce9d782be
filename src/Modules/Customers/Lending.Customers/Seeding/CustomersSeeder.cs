using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Identity.Contracts;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Platform.Seeding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Customers.Seeding;

/// <summary>Writes made-up customers with their accounts; the first one can log in.</summary>
internal sealed class CustomersSeeder(CustomersDbContext db, IServiceScopeFactory scopes, Caller caller, TimeProvider clock) : IModuleSeeder
{
    private static readonly DemoAccount Demo = new("CUSTOMER", "demo-customer", "Waermepumpe-2026!");
    private static readonly TimeSpan AgeOfNewest = TimeSpan.FromDays(14);
    private static readonly TimeSpan Span = TimeSpan.FromDays(360);
    private const int CustomersPerWrite = 500;

    public async Task SeedAsync(SeedPlan plan, CancellationToken ct)
    {
        caller.ActFor(plan.OrganizationId, plan.Installer ?? throw new InvalidOperationException("Customers are seeded after Identity."));
        if (!await db.Customers.AnyAsync(ct))
        {
            await AddAsync(plan, ct);
        }
        // Customers whom somebody else made are no fakes: they get no fake offers.
        plan.Customers.AddRange(
            await db
                .Customers.Where(customer => customer.CreatedBy.Id == caller.UserId)
                .OrderByDescending(customer => customer.CreatedAt)
                .ThenByDescending(customer => customer.Id)
                .Take(plan.CustomerCount)
                .Select(customer => new SeededCustomer(
                    customer.Id,
                    Customer.FullNameOf(customer.FirstName, customer.LastName),
                    customer.Email,
                    customer.CreatedAt
                ))
                .ToListAsync(ct)
        );
        if (plan.Customers.Count > 0)
        {
            plan.Accounts.Add(Demo);
        }
    }

    private async Task AddAsync(SeedPlan plan, CancellationToken ct)
    {
        var fakes = new FakeCustomers(plan.Seed);
        var newest = clock.GetStorableNow() - AgeOfNewest;
        // Into the past, so that the demo customer is the newest and heads every list.
        var customers = Enumerable
            .Range(0, plan.CustomerCount)
            .Select(number => Customer.Create(fakes.Next(), plan.Installer!, newest - (number * (Span / plan.CustomerCount))))
            .ToList();
        using var transaction = Transactions.Begin();
        foreach (var chunk in customers.Chunk(CustomersPerWrite))
        {
            await WriteAsync(chunk, demo: customers[0], ct);
        }
        transaction.Complete();
    }

    // In a scope of its own: thousands of tracked rows would slow every following write.
    private async Task WriteAsync(Customer[] customers, Customer demo, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(caller.OrganizationId, caller.Reference);
        var rows = scope.ServiceProvider.GetRequiredService<CustomersDbContext>();
        rows.AddRange(customers);
        await rows.SaveChangesAsync(ct);
        var accounts = scope.ServiceProvider.GetRequiredService<ICustomerAccounts>();
        foreach (var customer in customers)
        {
            var errors = await accounts.CreateAsync(AccountOf(customer, isDemo: customer == demo), ct);
            if (errors is [var error, ..])
            {
                throw new InvalidOperationException($"The account of customer {customer.Id} was refused: {error.Code}.");
            }
        }
    }

    private NewCustomerAccount AccountOf(Customer customer, bool isDemo) =>
        new(customer.Id, caller.OrganizationId, customer.Email, isDemo ? Demo.Username : null, isDemo ? Demo.Password : null)
        {
            UserId = Guid.CreateVersion7(customer.CreatedAt),
        };
}
