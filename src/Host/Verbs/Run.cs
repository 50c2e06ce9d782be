using Lending.Platform.Persistence;
using Lending.Seeding;

namespace Lending.Host.Verbs;

/// <summary>The default verb: runs the API until it is told to stop.</summary>
internal static class Run
{
    public static async Task<int> ExecuteAsync(string[] args, CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync(args, ct: ct);
        var app = host.App;
        SeedPlan? demo = null;
        if (app.Environment.IsDevelopment())
        {
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
            demo = await SeedDemoAsync(host, ct);
        }
        await app.StartAsync(ct);
        if (app.Environment.IsDevelopment())
        {
            PrintWelcome(app.Urls.First(), demo);
        }
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    // Demo offers are made up to today: older ones would have expired before anybody looks at them.
    private static async Task<SeedPlan?> SeedDemoAsync(LendingHost host, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(host.App.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var options = new SeedOptions
        {
            Customers = 12,
            Offers = 24,
            Until = today,
        };
        try
        {
            return (await host.Seeder.SeedAsync(options, progress: null, ct)).Plan;
        }
        catch (SeedingClashException clash)
        {
            Console.WriteLine(clash.Message);
            return null;
        }
    }

    private static void PrintWelcome(string address, SeedPlan? demo)
    {
        Console.WriteLine($"\nLending is ready at {address}\n  try it:     {address}/docs\n  read about: {address}/redoc\n");
        if (demo is not null)
        {
            Seed.PrintAccounts(demo, Console.Out);
        }
        Console.WriteLine("\nCtrl+C stops it; the data stays.\n");
    }
}
