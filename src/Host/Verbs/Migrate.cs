using Lending.Platform.Persistence;

namespace Lending.Host.Verbs;

/// <summary>Brings the database up to date and ends; run it before a new version starts.</summary>
internal static class Migrate
{
    public static async Task<int> ExecuteAsync(CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync([], ct: ct);
        await host.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
        return 0;
    }
}
