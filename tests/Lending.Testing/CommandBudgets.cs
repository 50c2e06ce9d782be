using System.Collections.Concurrent;
using System.Diagnostics;
using FastEndpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace Lending.Testing;

/// <summary>How many commands a slice may send to the database, and a call of it that succeeds.</summary>
/// <param name="Commands">Exactly so many, so that a budget that became too large is noticed, too.</param>
/// <param name="CallAsync">The call; what it needs is there already.</param>
public sealed record CommandBudget(int Commands, Func<Task<Answer>> CallAsync);

/// <summary>Checks every slice of a module against its budget, counted from Npgsql's activities.</summary>
public static class CommandBudgets
{
    /// <summary>Fails for a slice without a budget, a budget without a slice, and one that is not kept.</summary>
    /// <param name="host">A host that nobody else uses at the same time.</param>
    /// <param name="budgets">By the name of the slice.</param>
    public static async Task ShouldBeKeptAsync(this ModuleHost host, IReadOnlyDictionary<string, CommandBudget> budgets)
    {
        SlicesOf(host).ShouldBe([.. budgets.Keys.Order(StringComparer.Ordinal)], "each slice needs a budget of database commands");
        var commands = new ConcurrentQueue<string>();
        using var listener = Listen(host, commands);
        var counted = new List<string>();
        foreach (var (slice, budget) in budgets)
        {
            commands.Clear();
            var answer = await budget.CallAsync();
            ((int)answer.Status).ShouldBeInRange(200, 299, $"{slice} answered {answer.Text}");
            if (commands.Count != budget.Commands)
            {
                counted.Add($"{slice} sent {commands.Count} commands, not {budget.Commands}: {string.Join("; ", commands)}");
            }
        }
        counted.ShouldBeEmpty();
    }

    private static List<string> SlicesOf(ModuleHost host) =>
        [
            .. host
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<EndpointDefinition>()?.EndpointType.Name)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static ActivityListener Listen(ModuleHost host, ConcurrentQueue<string> commands)
    {
        var database = new NpgsqlConnectionStringBuilder(
            host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString
        ).Database;
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.namespace") as string == database && activity.GetTagItem("db.query.text") is string text)
                {
                    commands.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
