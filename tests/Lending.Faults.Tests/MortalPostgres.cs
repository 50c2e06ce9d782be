using System.Globalization;
using Lending.EmbeddedPostgres;
using Lending.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(SecretsInLogs))]
[assembly: Trait("Category", "Faults")]
// Each class has servers of its own, and waits for them most of the time.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace Lending.Faults.Tests;

/// <summary>A PostgreSQL that tests kill and start again. Its data stay, which is why it writes them as in production, and so does how one connects to it.</summary>
public sealed class MortalPostgres(MigratedData migrated) : IAsyncLifetime
{
    // A server makes a folder for its socket at each start. The link leads to the present one.
    private readonly string link = $"/tmp/lending-{Unique.Text()}";
    private readonly string data = LendingProcess.NewDataDirectory();
    private PostgresServer? server;

    /// <summary>How the owner of the database connects to it.</summary>
    public string ConnectionString => $"Host={link};Username=postgres;Database=lending";

    public async ValueTask InitializeAsync()
    {
        await migrated.CopyAsync(data);
        await StartAsync();
    }

    public async Task StartAsync()
    {
        server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = data });
        File.Delete(link);
        Directory.CreateSymbolicLink(link, new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!);
    }

    /// <summary>Asks it to stop, as an operator does: whoever is connected is sent away.</summary>
    public async Task StopAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            server = null;
        }
    }

    /// <summary>As <c>kill -9</c> of the server.</summary>
    public async Task KillAsync()
    {
        Signal("KILL");
        await StopAsync();
    }

    /// <summary>Sends the server a signal.</summary>
    public void Signal(string signal) =>
        LendingProcess.Signal(
            int.Parse(File.ReadLines(Path.Combine(data, "postmaster.pid")).First(), CultureInfo.InvariantCulture),
            signal
        );

    /// <summary>Opens a connection of the owner's.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs SQL as the owner, and answers its first value.</summary>
    public async Task<object?> QueryAsync(string sql, params object[] values)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Waits until a host waits for a lock.</summary>
    public async Task UntilOneWaitsAsync()
    {
        while (await QueryAsync("SELECT count(*) FROM pg_stat_activity WHERE usename = 'lending_app' AND wait_event_type = 'Lock'") is 0L)
        {
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        File.Delete(link);
        Directory.Delete(data, recursive: true);
    }
}
