using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace Lending.Testing;

/// <summary>
/// Looks at the plans of the statements that slices really send: a plan that reads a whole big table, or sorts what grows with it, is a slice
/// that will be slow one day.
/// </summary>
public sealed class QueryPlans : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>A sort of so many rows is one that grew; a page and the matches of a narrow filter are far below.</summary>
    private const int MostRowsToSort = 1000;

    private readonly ConcurrentQueue<(string Text, DbParameter[] Parameters)> statements = new();
    private readonly ConcurrentQueue<IDisposable> subscriptions = new();
    private readonly NpgsqlDataSource dataSource;
    private readonly string database;

    /// <summary>Begins to listen to the host's statements; nobody else may use it at the same time.</summary>
    public QueryPlans(ModuleHost host)
    {
        dataSource = host.Services.GetRequiredService<NpgsqlDataSource>();
        database = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).Database!;
        subscriptions.Enqueue(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>
    /// Adds rows like the one with this id to a table; <paramref name="changes"/> is an SQL expression over the number <c>n</c> that makes a JSON
    /// object of the columns that differ. What columns there are does not matter.
    /// </summary>
    public async Task MultiplyAsync(string table, Guid id, int count, string changes)
    {
        var columns = await ReadAsync(
            $"""
            SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
            WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
            """
        );
        await ReadAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                INSERT INTO {table} ({columns})
                SELECT {columns} FROM (
                    SELECT (jsonb_populate_record(template, {changes})).* FROM generate_series(1, {count}) n, {table} template
                    WHERE template.id = '{id}'
                ) copies
                """
            )
        );
        await ReadAsync($"ANALYZE {table}");
    }

    /// <summary>Makes the call and checks the plan of each statement that it sends; fails where it sends none.</summary>
    /// <param name="what">What is called, for the message.</param>
    /// <param name="bigTables">The tables, without their schemas, that no plan may read as a whole.</param>
    /// <param name="call">The call.</param>
    public async Task ShouldNotGrowAsync(string what, string[] bigTables, Func<Task<Answer>> call)
    {
        statements.Clear();
        var answer = await call();
        ((int)answer.Status).ShouldBeInRange(200, 299, $"{what} answered {answer.Text}");
        statements.ShouldNotBeEmpty(what);
        foreach (var (text, parameters) in statements)
        {
            var plan = await ExplainAsync(text, parameters);
            FindFault(plan.RootElement[0].GetProperty("Plan"), bigTables).ShouldBeNull($"{what}: {text}\n{plan.RootElement}");
        }
    }

    /// <summary>What is wrong with a plan, as PostgreSQL's EXPLAIN (FORMAT JSON) writes it; null if nothing is.</summary>
    public static string? FindFault(JsonElement node, string[] bigTables)
    {
        var children = node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().ToList() : [];
        var type = node.GetProperty("Node Type").GetString()!;
        if (type.EndsWith("Seq Scan", StringComparison.Ordinal) && bigTables.Contains(node.GetProperty("Relation Name").GetString()))
        {
            return $"reads all of {node.GetProperty("Relation Name").GetString()}";
        }
        if (type == "Sort" && children.Any(child => child.GetProperty("Plan Rows").GetDouble() > MostRowsToSort))
        {
            return $"sorts {children.Max(child => child.GetProperty("Plan Rows").GetDouble())} rows";
        }
        return children.Select(child => FindFault(child, bigTables)).FirstOrDefault(fault => fault is not null);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var subscription in subscriptions)
        {
            subscription.Dispose();
        }
    }

    /// <inheritdoc />
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            subscriptions.Enqueue(value.Subscribe(this));
        }
    }

    /// <inheritdoc />
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData { Command: { } command })
        {
            if (command.Connection?.Database == database)
            {
                statements.Enqueue(
                    (command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())])
                );
            }
        }
    }

    /// <inheritdoc />
    public void OnCompleted() { }

    /// <inheritdoc />
    public void OnError(Exception error) { }

    private async Task<JsonDocument> ExplainAsync(string text, DbParameter[] parameters)
    {
        await using var command = dataSource.CreateCommand($"EXPLAIN (FORMAT JSON) {text}");
        command.Parameters.AddRange(parameters);
        return JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
    }

    private async Task<object?> ReadAsync(string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.CommandTimeout = 120;
        return await command.ExecuteScalarAsync();
    }
}
