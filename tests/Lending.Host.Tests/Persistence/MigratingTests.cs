using System.Diagnostics;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Lending.Host.Tests.Persistence;

/// <summary>A migration goes by while others work: it makes nobody wait for long, and one that fails leaves the schema as it was.</summary>
public sealed class MigratingTests
{
    private const string First = "20260101000000_First";
    private const string Second = "20260102000000_Second";
    private const string Third = "20260103000000_Third";
    private const string Schema = "moving";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_somebody_keeps_a_table_others_use_it_and_the_migration_is_made_afterwards()
    {
        await using var database = await MovingDatabase.CreateAsync<GoodDbContext>(until: First);
        await using var keeper = await database.DataSource.OpenConnectionAsync(Ct);
        await using var keeping = await keeper.BeginTransactionAsync(Ct);
        await MovingDatabase.ExecuteAsync(keeper, "SELECT * FROM moving.things");

        var migrating = database.MigrateAsync();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3); )
        {
            // Without a limit, this would wait for as long as the table is kept, which is for ever: the command would break off.
            await using var other = await database.DataSource.OpenConnectionAsync(Ct);
            await MovingDatabase.ExecuteAsync(other, "SELECT * FROM moving.things");
        }
        migrating.IsCompleted.ShouldBeFalse();
        (await database.AppliedAsync()).ShouldBe([First]);

        await keeping.CommitAsync(Ct);
        await migrating;

        (await database.AppliedAsync()).ShouldBe([First, Second, Third]);
        (await database.ColumnsAsync()).ShouldBe(["id", "second", "third"]);
    }

    [Fact]
    public async Task A_table_that_is_kept_for_too_long_ends_the_migration_and_nothing_was_done()
    {
        await using var database = await MovingDatabase.CreateAsync<GoodDbContext>(until: First);
        await using var keeper = await database.DataSource.OpenConnectionAsync(Ct);
        await using var keeping = await keeper.BeginTransactionAsync(Ct);
        await MovingDatabase.ExecuteAsync(keeper, "SELECT * FROM moving.things");

        var failure = await Should.ThrowAsync<InvalidOperationException>(database.MigrateAsync(patience: TimeSpan.FromMilliseconds(500)));

        failure.Message.ShouldContain("The migration of moving got no lock");
        (await database.AppliedAsync()).ShouldBe([First]);
        (await database.ColumnsAsync()).ShouldBe(["id"]);
        // Who comes next finds nothing locked.
        await keeping.CommitAsync(Ct);
        await database.MigrateAsync();
        (await database.AppliedAsync()).ShouldBe([First, Second, Third]);
    }

    [Fact]
    public async Task A_migration_that_fails_half_way_leaves_what_it_found()
    {
        await using var database = await MovingDatabase.CreateAsync<BrokenDbContext>(until: First);

        await Should.ThrowAsync<PostgresException>(database.MigrateAsync());

        // The one before it is whole, the first half of the broken one is gone.
        (await database.AppliedAsync()).ShouldBe([First, Second]);
        (await database.ColumnsAsync()).ShouldBe(["id", "second"]);
    }

    internal sealed class GoodDbContext(DbContextOptions<GoodDbContext> options) : DbContext(options);

    internal sealed class BrokenDbContext(DbContextOptions<BrokenDbContext> options) : DbContext(options);

    internal abstract class Makes(string sql, string undo) : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(sql);

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(undo);
    }

    internal abstract class MakesTable() : Makes("CREATE TABLE moving.things (id int PRIMARY KEY)", "DROP TABLE moving.things");

    internal abstract class AddsColumn(string name)
        : Makes($"ALTER TABLE moving.things ADD COLUMN {name} int", $"ALTER TABLE moving.things DROP COLUMN {name}");

    [DbContext(typeof(GoodDbContext)), Migration(First)]
    internal sealed class GoodFirst() : MakesTable;

    [DbContext(typeof(GoodDbContext)), Migration(Second)]
    internal sealed class GoodSecond() : AddsColumn("second");

    [DbContext(typeof(GoodDbContext)), Migration(Third)]
    internal sealed class GoodThird() : AddsColumn("third");

    [DbContext(typeof(BrokenDbContext)), Migration(First)]
    internal sealed class BrokenFirst() : MakesTable;

    [DbContext(typeof(BrokenDbContext)), Migration(Second)]
    internal sealed class BrokenSecond() : AddsColumn("second");

    [DbContext(typeof(BrokenDbContext)), Migration(Third)]
    internal sealed class BrokenThird() : Makes("ALTER TABLE moving.things ADD COLUMN third int; SELECT 1 / 0", "");

    /// <summary>A database whose one module has the migrations above.</summary>
    private sealed class MovingDatabase : IAsyncDisposable
    {
        private readonly ServiceProvider services;

        private MovingDatabase(ServiceProvider services, string connectionString)
        {
            this.services = services;
            DataSource = NpgsqlDataSource.Create(connectionString);
        }

        public NpgsqlDataSource DataSource { get; }

        public static async Task<MovingDatabase> CreateAsync<TContext>(string until)
            where TContext : DbContext
        {
            var connectionString = await TestDatabase.CreateAsync($"moving_{Unique.Text()}");
            var made = new ServiceCollection()
                .AddLogging()
                .AddSingleton<IConfiguration>(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection([
                            new("ConnectionStrings:Lending", TestDatabase.ApiOf(connectionString)),
                            new("ConnectionStrings:LendingOwner", connectionString),
                        ])
                        .Build()
                )
                .AddSingleton(new ModuleDatabase(typeof(TContext), Schema))
                .AddSingleton<OwnerDatabase>()
                .AddSingleton<DatabaseRights>()
                .AddDbContext<TContext>(options =>
                    options.UseNpgsql(
                        connectionString,
                        npgsql => npgsql.MigrationsHistoryTable(ModuleDatabaseExtensions.MigrationsHistoryTable, Schema)
                    )
                )
                .BuildServiceProvider();
            await using (var scope = made.CreateAsyncScope())
            {
                await scope.ServiceProvider.GetRequiredService<TContext>().Database.MigrateAsync(until, Ct);
            }
            return new MovingDatabase(made, connectionString);
        }

        public Task MigrateAsync(TimeSpan? patience = null) =>
            new DatabaseMigrator(
                services.GetRequiredService<IServiceScopeFactory>(),
                services.GetServices<ModuleDatabase>(),
                services.GetRequiredService<OwnerDatabase>(),
                services.GetRequiredService<DatabaseRights>(),
                NullLogger<DatabaseMigrator>.Instance
            )
            {
                Patience = patience ?? TimeSpan.FromMinutes(1),
            }.MigrateAsync(Ct);

        public Task<List<string>> AppliedAsync() =>
            ReadAsync("""SELECT "MigrationId" FROM moving.__ef_migrations_history ORDER BY "MigrationId" """);

        public Task<List<string>> ColumnsAsync() =>
            ReadAsync(
                "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'moving' AND table_name = 'things' ORDER BY ordinal_position"
            );

        public static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Ct);
        }

        public async ValueTask DisposeAsync()
        {
            await DataSource.DisposeAsync();
            await services.DisposeAsync();
        }

        private async Task<List<string>> ReadAsync(string sql)
        {
            await using var command = DataSource.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync(Ct);
            var values = new List<string>();
            while (await reader.ReadAsync(Ct))
            {
                values.Add(reader.GetString(0));
            }
            return values;
        }
    }
}
