using Lending.Host.Tests.Architecture;
using Lending.Host.Tests.Seeding;
using Lending.Platform.Persistence;
using Lending.Seeding;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Persistence;

/// <summary>PostgreSQL itself keeps organisations apart, whatever a statement says: as the API connects, and on every table that has organisations.</summary>
public sealed class RowSecurityTests : IAsyncLifetime
{
    private const string Unprotected = $"""
        SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attname = 'organization_id' AND NOT attisdropped
        WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'seeding')
            AND NOT (relrowsecurity AND relforcerowsecurity
                AND EXISTS (
                    SELECT FROM pg_policy WHERE polrelid = c.oid AND polpermissive AND polcmd = '*' AND polroles = ARRAY[0::oid]
                        AND pg_get_expr(polqual, c.oid) LIKE '(organization_id = (NULLIF(current_setting(''{RowScope.Setting}''%'
                )
                AND NOT EXISTS (
                    SELECT FROM pg_policy
                    WHERE polrelid = c.oid AND polname <> 'organization' AND polroles <> ARRAY['{RowScope.SystemRole}'::regrole::oid]
                ))
        """;

    // Keys between two tables that both have organisations, and do not tie them.
    private const string LooseKeys = """
        SELECT conname FROM pg_constraint k
        WHERE contype = 'f' AND conrelid <> confrelid
            AND (SELECT count(*) FROM pg_attribute WHERE attrelid IN (conrelid, confrelid) AND attname = 'organization_id') = 2
            AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = conrelid AND attname = 'organization_id' AND attnum = ANY (conkey))
        """;

    private SeedDatabase database = null!;
    private NpgsqlDataSource api = null!;
    private Guid[] organizations = [];

    public async ValueTask InitializeAsync()
    {
        database = await SeedDatabase.CreateAsync();
        await database.SeedAsync(
            new SeedOptions
            {
                Organizations = 2,
                Installers = 2,
                Customers = 6,
                Offers = 40,
            }
        );
        api = database.App.Services.GetRequiredService<NpgsqlDataSource>();
        organizations = await database.ReadAsync<Guid[]>("SELECT array_agg(DISTINCT organization_id) FROM loans.offers");
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Every_table_with_organisations_forces_its_policy()
    {
        var tables = await TablesAsync();

        tables.Count.ShouldBeGreaterThan(20);
        ModuleFolders
            .Names.Where(ModuleFolders.HasSchema)
            .ShouldAllBe(module => tables.Any(table => table.StartsWith($"{module}.", StringComparison.OrdinalIgnoreCase)));
        (await NamesAsync(Unprotected)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CREATE TABLE loans.forgotten (organization_id uuid)", "loans.forgotten")]
    [InlineData("ALTER TABLE loans.offers NO FORCE ROW LEVEL SECURITY", "loans.offers")]
    [InlineData("DROP POLICY organization ON customers.customers", "customers.customers")]
    [InlineData("CREATE POLICY open ON customers.customers USING (true)", "customers.customers")]
    public async Task A_table_without_its_policy_would_be_found(string breach, string table) =>
        (await NamesAsync(Unprotected, breach)).ShouldBe([table]);

    [Fact]
    public async Task Rows_hang_on_rows_of_their_organisation()
    {
        (await NamesAsync(LooseKeys)).ShouldBeEmpty();
        (
            await NamesAsync(
                LooseKeys,
                "ALTER TABLE loans.offer_comments ADD CONSTRAINT loose FOREIGN KEY (offer_id) REFERENCES loans.offers"
            )
        ).ShouldBe(["loose"]);
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            database.ReadAsync<int>(
                $"UPDATE loans.offer_transitions SET organization_id = '{organizations[1]}' WHERE organization_id = '{organizations[0]}' RETURNING 1"
            )
        );
        refused.SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation);
    }

    [Fact]
    public async Task Who_tells_nothing_sees_nothing_and_who_tells_one_organisation_sees_no_other()
    {
        var filled = 0;
        foreach (var table in await TablesAsync())
        {
            var there = await database.ReadAsync<long>($"SELECT count(*) FROM {table} WHERE organization_id = '{organizations[0]}'");
            (await CountAsync(null, $"SELECT count(*) FROM {table}")).ShouldBe(0, table);
            (await CountAsync(organizations[0], $"SELECT count(*) FROM {table}")).ShouldBe(there, table);
            (await CountAsync(organizations[1], $"SELECT count(*) FROM {table} WHERE organization_id <> '{organizations[1]}'")).ShouldBe(
                0,
                table
            );
            filled += there > 0 ? 1 : 0;
        }
        filled.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("UPDATE loans.offers SET created_at = now()")]
    [InlineData("DELETE FROM customers.customers")]
    public async Task Who_tells_nothing_changes_nothing(string statement)
    {
        (await CountAsync(null, $"WITH changed AS ({statement} RETURNING 1) SELECT count(*) FROM changed")).ShouldBe(0);
        (await CountAsync(Unique.Id(), $"WITH changed AS ({statement} RETURNING 1) SELECT count(*) FROM changed")).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_writes_a_row_of_another_organisation()
    {
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            CountAsync(organizations[0], $"UPDATE loans.offers SET organization_id = '{organizations[1]}'")
        );

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task What_was_told_ends_with_the_transaction()
    {
        await using var connection = await api.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var scope in (RowScope[])[new(organizations[0]), RowScope.Every])
        {
            await using (
                var batch = new NpgsqlBatch(connection) { BatchCommands = { scope.Telling, new("SELECT count(*) FROM loans.offers") } }
            )
            await using (var reader = await batch.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            {
                await reader.NextResultAsync(TestContext.Current.CancellationToken);
                await reader.ReadAsync(TestContext.Current.CancellationToken);
                reader
                    .GetInt64(0)
                    .ShouldBe(scope.OrganizationId is null ? 40 : await CountAsync(organizations[0], "SELECT count(*) FROM loans.offers"));
            }

            await using var after = new NpgsqlCommand("SELECT count(*) FROM loans.offers", connection);
            (await after.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
        }
    }

    [Fact]
    public async Task The_API_connects_as_somebody_who_owns_nothing_and_may_do_little()
    {
        (
            await CountAsync(
                null,
                "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)"
            )
        ).ShouldBe(0);
        (await CountAsync(null, "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")).ShouldBe(0);
        (await DatabaseRights.IsKeptApartAsync(api, CancellationToken.None)).ShouldBeTrue();
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        (await DatabaseRights.IsKeptApartAsync(owner, CancellationToken.None)).ShouldBeFalse();
        foreach (
            var statement in (string[])
                [
                    "TRUNCATE loans.offers",
                    "ALTER TABLE loans.offers DISABLE ROW LEVEL SECURITY",
                    "DROP TABLE loans.offers",
                    "CREATE TABLE loans.mine (id int)",
                    "DELETE FROM loans.__ef_migrations_history",
                ]
        )
        {
            (await Should.ThrowAsync<PostgresException>(() => CountAsync(organizations[0], statement))).SqlState.ShouldBe(
                PostgresErrorCodes.InsufficientPrivilege,
                statement
            );
        }
    }

    [Fact]
    public async Task An_owner_who_is_no_superuser_migrates_seeds_and_is_not_let_serve()
    {
        var owner = $"owner_{Unique.Text()}";
        var name = $"owned_{Unique.Text()}";
        var superuser = await TestDatabase.CreateAsync(name);
        await using (var administrator = NpgsqlDataSource.Create(superuser))
        await using (
            var prepare = administrator.CreateCommand(
                // Other tests' databases are on the same server, so that the roles are there already.
                $"""
                CREATE ROLE {owner} LOGIN CREATEROLE;
                GRANT {RowScope.SystemRole}, lending_app TO {owner} WITH ADMIN OPTION;
                ALTER DATABASE {name} OWNER TO {owner};
                """
            )
        )
        {
            await prepare.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var owned = new NpgsqlConnectionStringBuilder(superuser) { Username = owner }.ConnectionString;
        (string, string)[] settings = [.. LendingProcess.Production(superuser), ("ConnectionStrings__LendingOwner", owned)];

        foreach (
            var arguments in (string[][])
                [
                    ["migrate"],
                    ["seed", "--customers", "5", "--offers", "7", "--force"],
                ]
        )
        {
            await using var verb = LendingProcess.Start(arguments, settings);
            (await verb.WaitForExitAsync()).ShouldBe(0, verb.Output);
        }
        await using (var lending = LendingProcess.Start([], settings))
        {
            using var client = await lending.NewClientAsync();
            (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        }
        await using var asOwner = LendingProcess.Start([], [.. settings, ("ConnectionStrings__Lending", owned)]);
        using var refused = await asOwner.NewClientAsync();
        var answer = await refused.GetAsync(new Uri("/health/ready", UriKind.Relative));
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("ConnectionStrings__LendingOwner");
    }

    private async Task<long> CountAsync(Guid? organization, string sql)
    {
        await using var connection = await api.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (organization is { } told)
        {
            batch.BatchCommands.Add(new RowScope(told).Telling);
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await using var reader = await batch.ExecuteReaderAsync();
        if (organization is not null)
        {
            await reader.NextResultAsync();
        }
        return await reader.ReadAsync() ? reader.GetInt64(0) : 0;
    }

    private async Task<List<string>> TablesAsync() =>
        await NamesAsync(
            """
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attname = 'organization_id' AND NOT attisdropped
            WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'seeding')
            """
        );

    /// <summary>The names that a query finds, after something was done that is rolled back.</summary>
    private async Task<List<string>> NamesAsync(string query, string? before = null)
    {
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connection = await owner.OpenConnectionAsync();
        await using var rolledBack = await connection.BeginTransactionAsync();
        if (before is not null)
        {
            await using var breach = new NpgsqlCommand(before, connection);
            await breach.ExecuteNonQueryAsync();
        }
        await using var select = new NpgsqlCommand(query, connection);
        await using var reader = await select.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }
        return names;
    }
}
