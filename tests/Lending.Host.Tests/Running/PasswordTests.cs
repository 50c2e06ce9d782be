using Lending.EmbeddedPostgres;
using Lending.Testing;
using Npgsql;

namespace Lending.Host.Tests.Running;

/// <summary>A PostgreSQL that asks for passwords, as every one but the own does.</summary>
public sealed class PasswordTests
{
    [Fact]
    public async Task Where_users_log_in_with_passwords_the_database_is_made_the_host_is_ready_and_serves()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Durable = false }, ct);
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        await using (var superuser = NpgsqlDataSource.Create(connection))
        {
            await File.WriteAllTextAsync(
                Path.Combine(server.DataDirectory, "pg_hba.conf"),
                "local all postgres trust\nlocal all all scram-sha-256\nhost all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n",
                ct
            );
            await using var prepare = superuser.CreateCommand(
                "CREATE ROLE the_owner LOGIN CREATEDB CREATEROLE PASSWORD 'of the owner'; SELECT pg_reload_conf()"
            );
            await prepare.ExecuteNonQueryAsync(ct);
        }
        connection.Database = "lending";
        (connection.Username, connection.Password) = ("the_owner", "of the owner");
        var owner = connection.ConnectionString;
        // What would end a text of SQL early.
        (connection.Username, connection.Password) = ("the \"API\"", "it's $make$ \"unguessable\"");
        (string, string)[] settings =
        [
            .. LendingProcess.Production(owner),
            ("ConnectionStrings__LendingOwner", owner),
            ("ConnectionStrings__Lending", connection.ConnectionString),
        ];

        await using (var migrate = LendingProcess.Start(["migrate"], settings))
        {
            (await migrate.WaitForExitAsync()).ShouldBe(0, migrate.Output);
            // A word that no statement has, as slow ones are logged.
            migrate.Output.ShouldNotContain("unguessable");
        }
        await using var lending = LendingProcess.Start([], settings);
        using var client = await lending.NewClientAsync();
        var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), ct);

        ready.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await ready.Content.ReadAsStringAsync(ct));
        await client.PostAsync("/auth/login", new { username = "administrator", World.Password }, System.Net.HttpStatusCode.OK);
    }
}
