using System.Collections.Concurrent;
using System.Diagnostics;
using Lending.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Testing;

/// <summary>A command or a batch that was sent to the database, in one round trip.</summary>
/// <param name="Text">What Npgsql says of it.</param>
/// <param name="Statements">Each statement of it, with its parameters; known where the host <see cref="SentCommands.TellParameters">tells them</see>.</param>
public sealed record SentCommand(string Text, IReadOnlyList<(string Text, NpgsqlParameter[] Parameters)> Statements);

/// <summary>Hears what a host sends to the database, by whichever way.</summary>
public static class SentCommands
{
    private const string Statements = "statements";

    /// <summary>Lets Npgsql tell the parameters of its commands, too.</summary>
    public static void TellParameters(this IServiceCollection services)
    {
        var platforms = services.Last(service => service.ServiceType == typeof(NpgsqlDataSource)).ImplementationFactory!;
        services.AddSingleton(provider =>
        {
            using var untold = (NpgsqlDataSource)platforms(provider);
            return new NpgsqlDataSourceBuilder(untold.ConnectionString)
                .ConfigureTracing(tracing =>
                    tracing
                        .ConfigureCommandEnrichmentCallback(
                            (activity, command) =>
                                activity.SetCustomProperty(Statements, new[] { (command.CommandText, Copy(command.Parameters)) })
                        )
                        .ConfigureBatchEnrichmentCallback(
                            (activity, batch) =>
                                activity.SetCustomProperty(
                                    Statements,
                                    batch
                                        .BatchCommands.Cast<NpgsqlBatchCommand>()
                                        .Select(command => (command.CommandText, Copy(command.Parameters)))
                                        .ToArray()
                                )
                        )
                )
                .Build();
        });
    }

    /// <summary>The commands that a host sends while this is done.</summary>
    public static async Task<IReadOnlyCollection<SentCommand>> CommandsOfAsync(this IServiceProvider host, Func<Task> workAsync)
    {
        var database = new NpgsqlConnectionStringBuilder(host.GetRequiredService<NpgsqlDataSource>().ConnectionString).Database;
        var commands = new ConcurrentQueue<SentCommand>();
        var underWay = new ConcurrentDictionary<Activity, bool>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => underWay.TryAdd(activity, true),
            ActivityStopped = activity =>
            {
                // Reads of personal data are recorded some time after they were answered, in whichever test that falls.
                if (
                    activity.GetTagItem("db.namespace") as string == database
                    && activity.GetTagItem("db.query.text") is string text
                    && !text.Contains(AuditedReads.InsertSql, StringComparison.Ordinal)
                    && !text.Contains(AuditInserts.Sql, StringComparison.Ordinal)
                )
                {
                    commands.Enqueue(new SentCommand(text, activity.GetCustomProperty(Statements) as (string, NpgsqlParameter[])[] ?? []));
                }
                underWay.TryRemove(activity, out _);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await workAsync();
        // A command ends when its reader is closed, which may be after its rows were answered.
        var last = underWay.Keys;
        while (last.Any(underWay.ContainsKey))
        {
            await Task.Delay(1);
        }
        return commands;
    }

    private static NpgsqlParameter[] Copy(NpgsqlParameterCollection parameters) => [.. parameters.Select(parameter => parameter.Clone())];
}
