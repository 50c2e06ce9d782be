using System.Net.Mime;
using FastEndpoints;
using Lending.Platform.Audit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;

namespace Lending.Testing;

/// <summary>How many commands a slice may send to the database, and a call of it that succeeds.</summary>
/// <param name="Slice">The name of the slice; after a colon, which of several cases it is.</param>
/// <param name="Commands">Exactly so many, so that a budget that became too large is noticed, too.</param>
/// <param name="CallAsync">The call; what it needs is there already.</param>
/// <param name="FewestItems">At least so many rows has the answer, if it is a list: with fewer, a command for each row would not be noticed.</param>
public sealed record CommandBudget(string Slice, int Commands, Func<Task<Answer>> CallAsync, int FewestItems = 2);

/// <summary>Checks every slice of a module against its budget, and what it sends against <see cref="StatementRules"/>.</summary>
/// <remarks>
/// Counted are Npgsql's activities: one for each command, and one for a batch, which is one round trip however many statements it holds.
/// What EF saves needs one more: PostgreSQL is told whose rows these are, unless the transaction has been told before.
/// BEGIN travels with the command after it; COMMIT, which is a round trip where a slice has a transaction of its own, has no activity.
/// </remarks>
public static class CommandBudgets
{
    /// <summary>Fails for a slice without a budget, a budget without a slice, and one that is not kept.</summary>
    /// <param name="host">A host that nobody else uses at the same time.</param>
    /// <param name="budgets">In the order in which they are called.</param>
    public static async Task ShouldKeepAsync(this ModuleHost host, params IReadOnlyList<CommandBudget> budgets)
    {
        SlicesOf(host)
            .ShouldBe(
                [.. budgets.Select(budget => budget.Slice.Split(':')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                "each slice needs a budget of database commands"
            );
        // What every request looks up anew now and then is no slice's, and jobs have commands of their own.
        host.Clock.Stop();
        foreach (var job in host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Where(job => job is not AuditedReads))
        {
            await job.StopAsync(CancellationToken.None);
        }
        var tables = host.Services.TablesOfOrganizations();
        var sent = new List<(string Slice, SentCommand Sent)>();
        var broken = new List<string>();
        foreach (var budget in budgets)
        {
            var commands = await host.Services.CommandsOfAsync(() => SucceedAsync(budget));
            if (commands.Count != budget.Commands)
            {
                broken.Add(
                    $"{budget.Slice} sent {commands.Count} commands, not {budget.Commands}:\n{string.Join(";\n", commands.Select(command => command.Text))}"
                );
            }
            sent.AddRange(commands.Select(command => (budget.Slice.Split(':')[0], command)));
        }
        foreach (var slice in sent.ToLookup(command => command.Slice, command => command.Sent, StringComparer.Ordinal))
        {
            broken.AddRange(StatementRules.BrokenBy(slice.Key, slice, tables));
        }
        broken.ShouldBeEmpty();
    }

    private static async Task SucceedAsync(CommandBudget budget)
    {
        var answer = await budget.CallAsync();
        ((int)answer.Status).ShouldBeInRange(200, 299, $"{budget.Slice}: {answer.Text}");
        if (answer.ContentType == MediaTypeNames.Application.Json && answer.Json.TryGetProperty("items", out var items))
        {
            items.GetArrayLength().ShouldBeGreaterThanOrEqualTo(budget.FewestItems, $"{budget.Slice} shows no command for each row");
        }
    }

    private static List<string> SlicesOf(ModuleHost host) =>
        [
            .. host
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<EndpointDefinition>()?.EndpointType)
                .OfType<Type>()
                .Where(slice => slice.Assembly == host.ModuleUnderTest.GetType().Assembly)
                .Select(slice => slice.Name)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
