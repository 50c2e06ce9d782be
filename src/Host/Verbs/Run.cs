using Lending.Platform.Persistence;
using Lending.Seeding;

namespace Lending.Host.Verbs;

/// <summary>The default verb: runs the API until it is told to stop.</summary>
internal static class Run
{
    private const string PrepareDatabase = "Development:PrepareDatabase";

    public static async Task<int> ExecuteAsync(string[] args, CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync(args, ct: ct);
        var app = host.App;
        var mayPrepare = MayPrepare(host);
        var accounts = mayPrepare ? await PrepareDemoAsync(host, ct) : null;
        await app.StartAsync(ct);
        if (app.Environment.IsDevelopment())
        {
            PrintWelcome(app.Urls.First(), mayPrepare ? accounts : LeftAlone);
        }
        // A background service that fails stops the host. What fails only because the host stops is no failure.
        var services = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        var hasFailed = false;
        app.Lifetime.ApplicationStopping.Register(() => hasFailed = services.Exists(service => service.ExecuteTask is { IsFaulted: true }));
        await app.WaitForShutdownAsync(ct);
        return hasFailed ? 1 : 0;
    }

    // The passwords of demo accounts are published. A database that somebody else runs may hold more than a developer's play.
    private static bool MayPrepare(LendingHost host)
    {
        var isAsked = host.App.Configuration.GetValue<bool>(PrepareDatabase);
        return host.App.Environment.IsDevelopment() && (host.OwnsDatabase || isAsked);
    }

    private static string LeftAlone =>
        $"The database of ConnectionStrings__Lending was left as it is: neither migrated nor given demo accounts. /health/ready tells what it "
        + $"misses. The verbs 'migrate' and 'seed' do both, and so does {PrepareDatabase.Replace(":", "__", StringComparison.Ordinal)}=true at the start.";

    // Answers a text, so that a host without demo data needs no type of Lending.Seeding, and does not load it.
    private static async Task<string?> PrepareDemoAsync(LendingHost host, CancellationToken ct)
    {
        await host.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
        var options = new SeedOptions
        {
            Customers = 12,
            Offers = 24,
            LoanAccounts = 24,
            // Up to today, so that what has been offered has not expired before somebody looks at it.
            Until = DateOnly.FromDateTime(host.App.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime),
        };
        try
        {
            return Seed.AccountsOf((await host.Seeder.SeedAsync(options, progress: null, ct)).Plan);
        }
        catch (SeedingClashException clash)
        {
            Console.WriteLine(clash.Message);
            return null;
        }
    }

    private static void PrintWelcome(string address, string? accounts)
    {
        Console.WriteLine($"\nLending is ready at {address}\n  try it:     {address}/docs\n  read about: {address}/redoc\n");
        Console.WriteLine($"{accounts}\nCtrl+C stops it; the data stays.\n");
    }
}
