using System.Diagnostics;
using Lending.EmbeddedPostgres;
using Lending.Faults.Tests;
using Lending.Testing;

[assembly: AssemblyFixture(typeof(MigratedData))]

namespace Lending.Faults.Tests;

/// <summary>The data of a PostgreSQL with the schema migrated. Each class of tests serves a copy of its own, as migrating takes longer than all else of a start.</summary>
public sealed class MigratedData : IAsyncLifetime
{
    private readonly string data = LendingProcess.NewDataDirectory();

    public async ValueTask InitializeAsync()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = data, Durable = false });
        var owner = new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "lending" }.ConnectionString;
        await using var migrate = LendingProcess.Start(["migrate"], LendingProcess.Production(owner));
        (await migrate.WaitForExitAsync()).ShouldBe(0, migrate.Output);
    }

    /// <summary>Makes a folder with a copy of it, which belongs to who may start a PostgreSQL on it.</summary>
    public async Task CopyAsync(string folder)
    {
        using var copy = Process.Start("cp", ["-a", data, folder]);
        await copy.WaitForExitAsync();
        copy.ExitCode.ShouldBe(0, folder);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(data, recursive: true);
        return default;
    }
}
