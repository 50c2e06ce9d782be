using Lending.Platform.Persistence;
using Lending.Platform.Seeding;

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
            demo = await Seed.SeedAsync(app.Services, new SeedPlan(Seed: 42, CustomerCount: 12, OfferCount: 24), ct);
        }
        await app.StartAsync(ct);
        if (demo is not null)
        {
            PrintWelcome(app.Urls.First(), demo);
        }
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static void PrintWelcome(string address, SeedPlan demo)
    {
        Console.WriteLine($"\nLending is ready at {address}\n  try it:     {address}/docs\n  read about: {address}/redoc\n");
        Seed.PrintAccounts(demo, Console.Out);
        Console.WriteLine("\nCtrl+C stops it; the data stays.\n");
    }
}
