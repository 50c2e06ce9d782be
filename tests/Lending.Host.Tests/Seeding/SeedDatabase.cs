using Lending.Host.Tests.Architecture;
using Lending.Host.Tests.Logging;
using Lending.Platform;
using Lending.Platform.Persistence;
using Lending.Seeding;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Serilog.Core;

namespace Lending.Host.Tests.Seeding;

/// <summary>A host with a migrated database of its own, to be seeded and looked into.</summary>
internal sealed class SeedDatabase : IAsyncDisposable
{
    public const string AdministratorUsername = "seed-administrator";
    private readonly LendingHost host;

    private SeedDatabase(LendingHost host, string connectionString)
    {
        this.host = host;
        ConnectionString = connectionString;
    }

    public WebApplication App => host.App;

    public string ConnectionString { get; }

    public Seeder Seeder => host.Seeder;

    public static async Task<SeedDatabase> CreateAsync(bool listens = false)
    {
        var connectionString = await TestDatabase.CreateAsync($"seed_{Unique.Text()}");
        var built = await LendingHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0", "--environment", "Development"],
            builder =>
            {
                builder.Configuration[$"ConnectionStrings:{LendingPlatform.ConnectionStringName}"] = TestDatabase.ApiOf(connectionString);
                builder.Configuration[$"ConnectionStrings:{OwnerDatabase.ConnectionStringName}"] = connectionString;
                builder.Configuration["Bootstrap:AdminUserName"] = AdministratorUsername;
                builder.Configuration["Bootstrap:AdminPassword"] = World.Password;
                // Delivering an event changes its row, and tests compare all rows.
                builder.Configuration["Outbox:PollSeconds"] = "3600";
                builder.Services.AddSingleton<IBatchedLogEventSink>(new WatchedLog());
            }
        );
        await built.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        if (listens)
        {
            await built.App.StartAsync();
        }
        return new SeedDatabase(built, connectionString);
    }

    public Task<SeedResult> SeedAsync(SeedOptions options, IProgress<SeedProgress>? progress = null) =>
        Seeder.SeedAsync(options, progress, CancellationToken.None);

    public async Task<HttpClient> LogInAsync(string username, string password)
    {
        using var anonymous = new HttpClient { BaseAddress = new Uri(App.Urls.First()) };
        var answer = await anonymous.PostAsync("/auth/login", new { username, password }, System.Net.HttpStatusCode.OK);
        return new HttpClient { BaseAddress = anonymous.BaseAddress }.WithToken(answer["accessToken"]!);
    }

    /// <summary>Every row of every table of every module, as text, by table.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAllAsync(string condition = "true")
    {
        // Times as text are those of the session's time zone.
        await using var dataSource = NpgsqlDataSource.Create($"{ConnectionString};Timezone=UTC");
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // What is encrypted is encrypted otherwise each time, and hashed with keys of this machine: what counts is what it says.
        var texts = (await App.Services.ReadEncryptedAsync()).ToLookup(text => text.Table);
        foreach (var table in await TablesAsync(dataSource))
        {
            // A row is a line. What is empty is left out, so that a new column changes only the rows that fill it.
            await using var command = dataSource.CreateCommand(
                $"""
                SELECT coalesce(string_agg(line, E'\n' ORDER BY line COLLATE "C"), '')
                FROM (
                    SELECT jsonb_strip_nulls(to_jsonb(r) - 'email_hash' - 'phone_number_hash' || coalesce(said.texts, jsonb_build_object()))::text AS line
                    FROM {table} r
                    LEFT JOIN (SELECT id, jsonb_object_agg(name, text) FROM unnest($1, $2, $3) AS t (id, name, text) GROUP BY id) AS said (id, texts)
                        ON said.id::text = coalesce(to_jsonb(r) ->> 'id', to_jsonb(r) ->> 'offer_id', to_jsonb(r) ->> 'user_id')
                    WHERE {condition}
                ) lines
                """
            );
            command.Parameters.AddWithValue(texts[table].Select(text => text.Row).ToArray());
            command.Parameters.AddWithValue(texts[table].Select(text => text.Column).ToArray());
            command.Parameters.AddWithValue(texts[table].Select(text => text.Text).ToArray());
            contents.Add(table, (string)(await command.ExecuteScalarAsync())!);
        }
        return contents;
    }

    /// <summary>Every index and every constraint of every module, as PostgreSQL would make it anew.</summary>
    public async Task<IReadOnlyList<string>> ReadStructureAsync()
    {
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString);
        var lines = new List<string>();
        await using var command = dataSource.CreateCommand(
            $"""
            SELECT indexdef FROM pg_indexes WHERE schemaname IN ({ModuleFolders.SchemasInSql})
            UNION ALL
            SELECT format('%s %I %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) FROM pg_constraint
            WHERE connamespace::regnamespace::text IN ({ModuleFolders.SchemasInSql})
            ORDER BY 1
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }
        foreach (
            var sign in (string[])
                ["CREATE INDEX", "CREATE UNIQUE INDEX", "gin_trgm_ops", "FOREIGN KEY", "DEFERRABLE INITIALLY DEFERRED", "CHECK"]
        )
        {
            lines.ShouldContain(line => line.Contains(sign, StringComparison.Ordinal), sign);
        }
        return lines;
    }

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    private static async Task<List<string>> TablesAsync(NpgsqlDataSource dataSource)
    {
        var tables = new List<string>();
        await using var command = dataSource.CreateCommand(
            """
            SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
            WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'audit') AND table_name <> '__ef_migrations_history'
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }
        return tables;
    }
}
