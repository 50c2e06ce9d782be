using Lending.Host.Tests.Architecture;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Documentation;

/// <summary>The record of indexes tells of those that there are, and no others; and keys of other tables have one.</summary>
public sealed class IndexRecordTests(HostFixture host)
{
    // Where a key has the organisation and more, the rest finds the rows.
    private static readonly string UnindexedForeignKeys = $"""
        SELECT conname FROM pg_constraint CROSS JOIN LATERAL (
            SELECT array_agg(attnum) FILTER (WHERE attname <> 'organization_id' OR cardinality(conkey) = 1) AS keys
            FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)
        ) AS columns
        WHERE contype = 'f' AND connamespace::regnamespace::text IN ({ModuleFolders.SchemasInSql}) AND NOT EXISTS (
            SELECT FROM pg_index
            WHERE indrelid = conrelid
                AND (indpred IS NULL OR pg_get_expr(indpred, indrelid) LIKE '(% IS NOT NULL)')
                AND ((indkey::int2[])[0:cardinality(keys) - 1] @> keys OR (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey)
        )
        ORDER BY conname
        """;

    [Fact]
    public async Task The_record_lists_exactly_the_indexes_that_there_are()
    {
        var recorded = File.ReadLines(Repository.PathOf("docs/decisions/0043-indexes.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Order(StringComparer.Ordinal)
            .ToList();
        await using var connection = await OpenAsync();
        var existing = await ReadAsync(
            connection,
            $"""
            SELECT schemaname || '.' || indexname FROM pg_indexes
            WHERE schemaname IN ({ModuleFolders.SchemasInSql}) AND tablename <> '__ef_migrations_history'
                AND NOT (SELECT relispartition FROM pg_class WHERE oid = format('%I.%I', schemaname, tablename)::regclass)
            """
        );

        recorded.ShouldNotBeEmpty();
        existing.ShouldNotBeEmpty();
        recorded.ShouldBe([.. existing.Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task Foreign_keys_have_an_index_so_that_deletions_need_not_read_tables()
    {
        await using var connection = await OpenAsync();

        (await ReadAsync(connection, UnindexedForeignKeys)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_foreign_key_without_an_index_would_be_found()
    {
        await using var connection = await OpenAsync();
        await using var rolledBack = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await ReadAsync(
            connection,
            """
            CREATE TABLE loans.parents (id uuid PRIMARY KEY);
            CREATE TABLE loans.children (parent uuid CONSTRAINT fk_children REFERENCES loans.parents, old bool);
            CREATE INDEX ON loans.children (parent) WHERE old;
            CREATE INDEX ON loans.children (old, parent);
            """
        );

        (await ReadAsync(connection, UnindexedForeignKeys)).ShouldBe(["fk_children"]);
    }

    private ValueTask<NpgsqlConnection> OpenAsync() =>
        host.App.Services.GetRequiredService<OwnerDatabase>().DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);

    private static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }
        return rows;
    }
}
