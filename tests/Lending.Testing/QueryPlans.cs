using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace Lending.Testing;

/// <summary>
/// Looks at the plans of the statements that are really sent: one that reads a whole big table, or sorts or walks over what grows with it, will be
/// slow one day.
/// </summary>
/// <remarks>Each is explained with its parameters; what reads is executed for it, so that the rows are those that were read and not those that were expected.</remarks>
public sealed partial class QueryPlans
{
    /// <summary>A sort of more rows is one that grew; the largest page has 201, and an index leaves few matches.</summary>
    public const int MostRowsToSort = 1000;

    /// <summary>A scan that touches more rows walks over what it does not want. A page of what every tenth row fits touches 1,000.</summary>
    public const int MostRowsToRead = 5000;

    private static readonly string[] ReadingWords = ["SELECT", "WITH"];
    private static readonly string[] PlannedWords = [.. ReadingWords, "INSERT", "UPDATE", "DELETE"];

    private readonly IServiceProvider host;
    private readonly NpgsqlDataSource dataSource;

    /// <summary>Looks at this host's statements; nobody else may use it at the same time.</summary>
    public QueryPlans(ModuleHost host)
    {
        this.host = host.Services;
        dataSource = this.host.GetRequiredService<NpgsqlDataSource>();
    }

    /// <summary>
    /// Adds rows to a table that are like its row for which <paramref name="template"/>, an SQL condition, is true; <paramref name="changes"/> is an
    /// SQL expression over the number <c>n</c> and the row <c>template</c> that makes a JSON object of the columns that differ.
    /// </summary>
    public async Task MultiplyAsync(string table, string template, int count, string changes)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var columns = (string[])
            (
                await ReadAsync(
                    connection,
                    $"""
                    SELECT array_agg(quote_ident(attname) ORDER BY attnum) FROM pg_attribute
                    WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                    """
                )
            )!;
        // Keys of other tables are not looked up, which would take longer than all the rest.
        await ReadAsync(connection, "SET session_replication_role = replica");
        var inserted = await ReadAsync(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                WITH inserted AS (
                    INSERT INTO {table} ({string.Join(", ", columns)})
                    SELECT {string.Join(", ", columns.Select(column => $"made.{column}"))}
                    FROM generate_series(1, {count}) n, {table} template, LATERAL jsonb_populate_record(template, {changes}) made
                    WHERE {template}
                    RETURNING 1
                )
                SELECT count(*) FROM inserted
                """
            )
        );
        inserted.ShouldBe((long)count, $"{table} has one row where {template}");
        await ReadAsync(connection, "RESET session_replication_role");
        await ReadAsync(connection, $"VACUUM ANALYZE {table}");
    }

    /// <summary>Makes the call, which must succeed, and checks the plan of each statement that it sends; fails where it sends none.</summary>
    /// <param name="what">What is called, for the message.</param>
    /// <param name="bigTables">The tables, without their schemas, that no plan may read as a whole.</param>
    /// <param name="call">The call.</param>
    public Task ShouldNotGrowAsync(string what, string[] bigTables, Func<Task<Answer>> call) =>
        ShouldNotGrowAsync(what, bigTables, async () => ((int)(await call()).Status).ShouldBeInRange(200, 299, what));

    /// <summary>Does the work and checks the plan of each statement that it sends; fails where it sends none.</summary>
    public async Task ShouldNotGrowAsync(string what, string[] bigTables, Func<Task> work)
    {
        foreach (var (text, plan) in await PlansOfAsync(what, work))
        {
            FindFault(plan, bigTables).ShouldBeNull($"{what}: {text}\n{plan}");
        }
    }

    /// <summary>Does the work and fails unless the plan of one of its statements uses this index.</summary>
    public async Task ShouldUseAsync(string index, string what, Func<Task> work)
    {
        var plans = await PlansOfAsync(what, work);
        plans.ShouldContain(
            statement => statement.Plan.GetRawText().Contains($"\"Index Name\": \"{index}\"", StringComparison.Ordinal),
            $"{what}: {string.Join('\n', plans)}"
        );
    }

    /// <summary>What is wrong with a plan, as PostgreSQL's EXPLAIN (FORMAT JSON) writes it; null if nothing is.</summary>
    public static string? FindFault(JsonElement node, string[] bigTables)
    {
        var children = node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().ToList() : [];
        var type = node.GetProperty("Node Type").GetString()!;
        var table = node.TryGetProperty("Relation Name", out var relation) ? relation.GetString()! : type;
        if (type.EndsWith("Seq Scan", StringComparison.Ordinal) && bigTables.Contains(table))
        {
            return $"reads all of {table}";
        }
        if (type.EndsWith("Scan", StringComparison.Ordinal) && RowsReadBy(node) is > MostRowsToRead and var read)
        {
            return $"walks over {read} rows of {table}";
        }
        if (type == "Sort" && children.Sum(RowsOf) is > MostRowsToSort and var sorted)
        {
            return $"sorts {sorted} rows";
        }
        return children.Select(child => FindFault(child, bigTables)).FirstOrDefault(fault => fault is not null);
    }

    private async Task<List<(string Text, JsonElement Plan)>> PlansOfAsync(string what, Func<Task> work)
    {
        var commands = await host.CommandsOfAsync(work);
        commands.ShouldAllBe(command => command.Statements.Count > 0, what);
        await using var connection = await dataSource.OpenConnectionAsync();
        var plans = new List<(string Text, JsonElement Plan)>();
        foreach (var (text, parameters) in commands.SelectMany(command => command.Statements))
        {
            foreach (var part in StatementSeparator().Split(text))
            {
                // What is no query, such as SAVEPOINT, has no plan.
                var statement = Tags().Replace(part, "").Trim();
                if (PlannedWords.Any(word => statement.StartsWith(word, StringComparison.Ordinal)))
                {
                    plans.Add((statement, await ExplainAsync(connection, statement, parameters)));
                }
            }
        }
        plans.ShouldNotBeEmpty(what);
        return plans;
    }

    private static async Task<JsonElement> ExplainAsync(NpgsqlConnection connection, string text, NpgsqlParameter[] parameters)
    {
        var reads = ReadingWords.Any(word => text.StartsWith(word, StringComparison.Ordinal));
        // Some reading statements leave marks, and some lock.
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"EXPLAIN ({(reads ? "ANALYZE, TIMING OFF, " : "")}FORMAT JSON) {text}", connection);
        command.Parameters.AddRange(parameters.Select(parameter => parameter.Clone()).ToArray());
        return PlanIn(await command.ExecuteScalarAsync());
    }

    // EF sends several statements as one text.
    [GeneratedRegex(@";\s*\n", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatementSeparator();

    // EF writes a query's tags before it.
    [GeneratedRegex(@"^--.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();

    private static JsonElement PlanIn(object? explained) => JsonElement.Parse((string)explained!)[0].GetProperty("Plan");

    private static double RowsReadBy(JsonElement node) =>
        RowsOf(node)
        + (Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck")) * Number(node, "Actual Loops");

    private static double RowsOf(JsonElement node) =>
        node.TryGetProperty("Actual Rows", out _) ? Number(node, "Actual Rows") * Number(node, "Actual Loops") : Number(node, "Plan Rows");

    private static double Number(JsonElement node, string member) => node.TryGetProperty(member, out var value) ? value.GetDouble() : 0;

    private static async Task<object?> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        return await command.ExecuteScalarAsync();
    }
}
