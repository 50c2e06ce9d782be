using Lending.EmbeddedPostgres;
using Npgsql;

namespace Lending.Testing;

/// <summary>The PostgreSQL of this test process: started once, on memory where there is a memory disk, gone at the end.</summary>
public static class TestDatabase
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() =>
        PostgresServer.StartAsync(new PostgresServerOptions { Durable = false, MaxConnections = 200 })
    );

    /// <summary>Makes a database of this name, empty or as a copy of one that nobody is connected to, and answers its owner's connection string.</summary>
    public static async Task<string> CreateAsync(string name, string template = "template1")
    {
        var server = await Server.Value;
        await using (var dataSource = NpgsqlDataSource.Create(server.ConnectionString))
        await using (var create = dataSource.CreateCommand($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\" STRATEGY FILE_COPY"))
        {
            await create.ExecuteNonQueryAsync();
        }
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, CommandTimeout = 120 }.ConnectionString;
    }

    /// <summary>How the API connects to a database whose owner connects like this.</summary>
    public static string ApiOf(string owner) => new NpgsqlConnectionStringBuilder(owner) { Username = "lending_app" }.ConnectionString;

    /// <summary>How the owner connects to a database that the API connects to like this.</summary>
    public static string OwnerOf(string api) => new NpgsqlConnectionStringBuilder(api) { Username = "postgres" }.ConnectionString;
}
