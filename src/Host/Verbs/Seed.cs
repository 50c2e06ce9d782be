using Lending.Platform.Persistence;
using Lending.Platform.Seeding;

namespace Lending.Host.Verbs;

/// <summary>Fills the default organisation with fake data.</summary>
internal static class Seed
{
    public static async Task<int> ExecuteAsync(int seed, int customers, int offers, bool force, TextWriter output, CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync([], ct: ct);
        if (host.App.Environment.IsProduction() && !force)
        {
            throw new InvalidOperationException(
                "Production is not filled with fake data and accounts of known passwords. --force does it all the same."
            );
        }
        await host.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
        var plan = await SeedAsync(host.App.Services, new SeedPlan(seed, customers, offers), ct);
        await output.WriteLineAsync($"The default organisation has {plan.Customers.Count} fake customers.");
        PrintAccounts(plan, output);
        return 0;
    }

    /// <summary>Lets every module write its part of the plan, in their order.</summary>
    public static async Task<SeedPlan> SeedAsync(IServiceProvider services, SeedPlan plan, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var seeder in scope.ServiceProvider.GetServices<IModuleSeeder>())
        {
            await seeder.SeedAsync(plan, ct);
        }
        return plan;
    }

    public static void PrintAccounts(SeedPlan plan, TextWriter output)
    {
        output.WriteLine("Demo accounts (user name, password):");
        foreach (var account in plan.Accounts)
        {
            output.WriteLine($"  {account.Role, -10} {account.Username, -16} {account.Password}");
        }
    }
}
