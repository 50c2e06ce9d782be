using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Shouldly;

namespace Lending.Testing;

/// <summary>
/// Looks at the plans of the statements that are really sent: one that reads a whole big table, or sorts or walks over what grows with it, will be
/// slow one day.
/// </summary>
/// <remarks>
/// Each is explained as PostgreSQL plans it for its values, and once more as it plans it when it has come often, as the host's prepared statements do.
/// A plan for any value is held against all values with which the statement came. Reading statements are executed, so that rows are counted and not
/// estimated.
/// </remarks>
public sealed partial class QueryPlans
{
    /// <summary>A sort of more rows is one that grew; the largest page has 201, and an index leaves few matches.</summary>
    public const int MostRowsToSort = 1000;

    /// <summary>A scan that touches more rows walks over what it does not want. A page of what every tenth row fits touches 1,000.</summary>
    public const int MostRowsToRead = 5000;

    // PostgreSQL plans a prepared statement so often for its values; then it has a plan for any, too, and keeps to the cheaper kind.
    private const int ExecutionsBeforeChoice = 5;

    private static readonly string[] ReadingWords = ["SELECT", "WITH"];
    private static readonly string[] SettingWords = ["SET", "RESET"];
    private static readonly string[] PlannedWords = [.. ReadingWords, "INSERT", "UPDATE", "DELETE"];

    // The values with which each statement came, and the statements that PostgreSQL plans for any.
    private readonly Dictionary<string, List<string>> valuesOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> plannedForAny = new(StringComparer.Ordinal);

    private readonly IServiceProvider host;
    private readonly NpgsqlDataSource owner;
    private readonly NpgsqlDataSource api;

    /// <summary>Looks at this host's statements; nobody else may use it at the same time.</summary>
    public QueryPlans(ModuleHost host)
    {
        this.host = host.Services;
        owner = host.Database;
        api = this.host.GetRequiredService<NpgsqlDataSource>();
    }

    /// <summary>
    /// Adds rows to a table that are like its row for which <paramref name="template"/>, an SQL condition, is true; <paramref name="changes"/> is an
    /// SQL expression over the number <c>n</c> and the row <c>template</c> that makes a JSON object of the columns that differ.
    /// </summary>
    public async Task MultiplyAsync(string table, string template, int count, string changes)
    {
        await using var connection = await owner.OpenConnectionAsync();
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
        var isRewritten = await host.EncryptCopiesAsync(connection, table, template);
        await ReadAsync(connection, $"VACUUM ({(isRewritten ? "FULL, " : "")}ANALYZE) {table}");
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
        foreach (var (text, plans) in await PlansOfAsync(what, work))
        {
            foreach (var (values, plan) in plans)
            {
                FindFault(plan, bigTables).ShouldBeNull($"{what}: {text}\n{values}\n{plan}");
            }
        }
    }

    /// <summary>Does the work and fails unless the plans of one of its statements use this index.</summary>
    public async Task ShouldUseAsync(string index, string what, Func<Task> work)
    {
        var statements = await PlansOfAsync(what, work);
        statements.ShouldContain(
            statement =>
                statement.Plans.All(plan => plan.Plan.GetRawText().Contains($"\"Index Name\": \"{index}\"", StringComparison.Ordinal)),
            $"{what}: {string.Join('\n', statements.Select(statement => $"{statement.Text}\n{string.Join('\n', statement.Plans)}"))}"
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
        if (type.EndsWith("Sort", StringComparison.Ordinal) && children.Sum(RowsOf) is > MostRowsToSort and var sorted)
        {
            return $"sorts {sorted} rows";
        }
        return children.Select(child => FindFault(child, bigTables)).FirstOrDefault(fault => fault is not null);
    }

    private async Task<List<(string Text, List<(string Values, JsonElement Plan)> Plans)>> PlansOfAsync(string what, Func<Task> work)
    {
        var commands = await host.CommandsOfAsync(work);
        commands.ShouldAllBe(command => command.Statements.Count > 0, what);
        await using var connection = await api.OpenConnectionAsync();
        (await ReadAsync(connection, "SHOW plan_cache_mode")).ShouldBe("auto", $"{what} left it so for whom the connection serves next");
        var statements = new List<(string Text, List<(string Values, JsonElement Plan)> Plans)>();
        foreach (var (text, parameters) in commands.SelectMany(command => command.Statements))
        {
            foreach (var part in StatementSeparator().Split(text))
            {
                // The slice stands in front of it, and what EF tags a query with.
                var statement = LeadingComments().Replace(part, "");
                if (statement.StartsWith("SELECT set_config(", StringComparison.Ordinal))
                {
                    // Says whose rows what comes with it may see, which makes other plans.
                    await TellAsync(
                        connection,
                        parameters.Where(parameter => parameter.ParameterName is "" or "lending_role" or "lending_organization")
                    );
                }
                else if (SettingWords.Any(word => statement.StartsWith(word, StringComparison.Ordinal)))
                {
                    // Says how what comes with it is planned.
                    await ReadAsync(connection, statement);
                }
                // What is no query, such as SAVEPOINT, has no plan.
                else if (PlannedWords.Any(word => statement.StartsWith(word, StringComparison.Ordinal)))
                {
                    statements.Add((statement, await ExplainAsync(connection, statement, parameters)));
                }
            }
        }
        await TellAsync(connection, [new() { Value = "none" }, new() { Value = "" }]);
        statements.ShouldNotBeEmpty(what);
        return statements;
    }

    private static async Task TellAsync(NpgsqlConnection connection, IEnumerable<NpgsqlParameter> roleAndOrganization)
    {
        await using var command = new NpgsqlCommand(
            "SELECT set_config('role', $1, false), set_config('lending.organization', $2, false)",
            connection
        );
        command.Parameters.AddRange(roleAndOrganization.Select(parameter => new NpgsqlParameter { Value = parameter.Value }).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The plans for these values, at first and when the statement has come often; and what else it says of values before.</summary>
    private async Task<List<(string Values, JsonElement Plan)>> ExplainAsync(
        NpgsqlConnection connection,
        string text,
        NpgsqlParameter[] parameters
    )
    {
        // Of several statements in one text, each has the parameters of all.
        parameters = [.. parameters.Where(parameter => text.Contains(parameter.ParameterName, StringComparison.Ordinal))];
        var names = parameters.Select(parameter => parameter.ParameterName.TrimStart('@')).ToList();
        var numbered = ParameterName().Replace(text, name => names.IndexOf(name.Value[1..]) is >= 0 and var n ? $"${n + 1}" : name.Value);
        var (types, values) = await LiteralsOfAsync(connection, parameters);
        var reads = ReadingWords.Any(word => text.StartsWith(word, StringComparison.Ordinal));
        var plans = new List<(string Values, JsonElement Plan)>();

        await ReadAsync(connection, $"PREPARE explained{types} AS {numbered}");
        await AddPlanAsync(values);
        // Explaining plans it as executing does.
        for (var execution = 1; execution < ExecutionsBeforeChoice; execution++)
        {
            await ReadAsync(connection, $"EXPLAIN EXECUTE explained{values}");
        }
        await AddPlanAsync(values);

        var all = valuesOf.TryGetValue(text, out var known) ? known : valuesOf[text] = [];
        all.Add(values);
        var isForAny = (bool)
            (await ReadAsync(connection, "SELECT generic_plans > 0 FROM pg_prepared_statements WHERE name = 'explained'"))!;
        if (isForAny && plannedForAny.Add(text))
        {
            foreach (var others in all)
            {
                await AddPlanAsync(others);
            }
        }
        else if (!isForAny && plannedForAny.Contains(text))
        {
            await ReadAsync(connection, "SET plan_cache_mode = force_generic_plan");
            await AddPlanAsync(values);
            await ReadAsync(connection, "RESET plan_cache_mode");
        }
        await ReadAsync(connection, "DEALLOCATE explained");
        return plans;

        async Task AddPlanAsync(string values)
        {
            // Some reading statements leave marks, and some lock.
            await using var transaction = await connection.BeginTransactionAsync();
            var explain = $"EXPLAIN ({(reads ? "ANALYZE, TIMING OFF, " : "")}FORMAT JSON) EXECUTE explained{values}";
            var explained = (string)(await ReadAsync(connection, explain))!;
            plans.Add((values, JsonElement.Parse(explained)[0].GetProperty("Plan")));
        }
    }

    /// <summary>The parameters' types and values as PREPARE and EXECUTE want them: EXPLAIN takes no parameters for what was prepared.</summary>
    private static async Task<(string Types, string Literals)> LiteralsOfAsync(NpgsqlConnection connection, NpgsqlParameter[] parameters)
    {
        if (parameters.Length == 0)
        {
            return ("", "");
        }
        await using var command = new NpgsqlCommand(
            $"SELECT {ArrayOf("pg_typeof(${0})::text")}, {ArrayOf("quote_nullable(${0}::text)")}",
            connection
        );
        foreach (var parameter in parameters)
        {
            var numbered = parameter.Clone();
            numbered.ParameterName = "";
            if (numbered.NpgsqlDbType == NpgsqlDbType.Unknown)
            {
                // A null of no known type, which a statement takes from the column that it goes to.
                numbered.NpgsqlDbType = NpgsqlDbType.Text;
            }
            command.Parameters.Add(numbered);
        }
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (List(0), List(1));

        string ArrayOf(string element) =>
            $"ARRAY[{string.Join(", ", parameters.Select((_, index) => element.Replace("{0}", $"{index + 1}", StringComparison.Ordinal)))}]";

        string List(int column) => $"({string.Join(", ", reader.GetFieldValue<string[]>(column))})";
    }

    // EF sends several statements as one text.
    [GeneratedRegex(@";\s*\n", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatementSeparator();

    [GeneratedRegex(@"^\s*(--[^\n]*\n\s*|/\*[^*]*\*/\s*)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeadingComments();

    // EF names its parameters; PREPARE numbers them.
    [GeneratedRegex(@"@\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();

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
