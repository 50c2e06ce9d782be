using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Kernel;
using Lending.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Customers.Seeding;

/// <summary>Makes the customers of every organisation.</summary>
/// <param name="services">The services of a scope.</param>
public sealed class CustomersSeeder(IServiceProvider services) : IModuleSeeder
{
    private readonly CustomersDbContext db = services.GetRequiredService<CustomersDbContext>();

    /// <inheritdoc />
    public void Prepare(SeedPlan plan) =>
        plan.Customer = (organization, number) =>
        {
            var (overall, language, at, _) = Circumstances(plan, organization, number);
            return Fake.Seeded(overall, plan.Options.Seed, language, at) with { Number = number };
        };

    /// <inheritdoc />
    public async Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct)
    {
        foreach (var organization in plan.Organizations)
        {
            await writer.WriteAsync(
                db,
                "customers",
                plan.Options.Customers,
                organization.Id,
                Enumerable.Range(0, organization.CustomerCount).Select(number => Customer(plan, organization, number)),
                _ => "customers",
                ct
            );
        }
    }

    /// <inheritdoc />
    public Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct) =>
        writer.DeleteAsync(db, organizations, ct);

    private static Customer Customer(SeedPlan plan, SeededOrganization organization, int number)
    {
        var (overall, language, at, by) = Circumstances(plan, organization, number);
        return Fake.Customer(overall, plan.Options.Seed, language, by, at);
    }

    private static (int Overall, SeedLocale Language, DateTimeOffset At, UserReference By) Circumstances(
        SeedPlan plan,
        SeededOrganization organization,
        int number
    )
    {
        var overall = organization.FirstCustomer + number;
        var random = plan.Random("customer circumstances", overall);
        var speaksOther = plan.Options.Locale == SeedLocale.Mixed && overall % 3 == 2;
        return (
            overall,
            (organization.Language == SeedLocale.En) == speaksOther ? SeedLocale.De : SeedLocale.En,
            plan.Calendar.At(number, organization.CustomerCount, random),
            number == organization.DemoCustomer ? organization.Installers[0] : random.Pick(organization.Installers)
        );
    }
}
