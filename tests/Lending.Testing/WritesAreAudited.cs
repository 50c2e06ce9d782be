using System.Diagnostics;
using System.Text.RegularExpressions;
using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Testing;

/// <summary>
/// Stands in every host that tests start, and hears what its requests send to the database. One that succeeds, has written to an audited table and left
/// no entry of that sort in the audit log is not answered, so that whichever test sent it fails. So no slice that is tested at all can forget.
/// </summary>
public sealed partial class WritesAreAudited : IStartupFilter
{
    private static readonly AsyncLocal<HashSet<string>?> WrittenTables = new();

    // Slices that may answer this status without an entry for each table that they write to, and why.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["Login 200"] = "It takes counted failures back, for which the entry of the login stands.",
        ["Login 202"] = "It takes counted failures back, and asks for the second factor. What comes of that has an entry.",
        ["LoginSecondFactor 200"] = "As Login; and a code or a passkey counts up, so that nobody uses it again.",
        ["PasskeyLogin 200"] = "As LoginSecondFactor.",
        ["StepUpSession 200"] = "As LoginSecondFactor.",
        ["DeleteCustomer 204"] = "Consents that nobody ever gave do not end.",
        ["EraseCustomer 200"] = "As DeleteCustomer.",
        ["AcceptTerms 204"] = "Of two who accept at once, the second changes nothing.",
    };

    private Dictionary<string, HashSet<string>>? audited;

    static WritesAreAudited() =>
        // For as long as the process lives.
        ActivitySource.AddActivityListener(
            new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = Note,
            }
        );

    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, rest) =>
                {
                    var written = new HashSet<string>(StringComparer.Ordinal);
                    WrittenTables.Value = written;
                    context.Response.OnStarting(() =>
                    {
                        Check(context, written);
                        return Task.CompletedTask;
                    });
                    return rest(context);
                }
            );
            next(app);
        };

    /// <summary>The tables that a statement writes to.</summary>
    public static IEnumerable<string> TablesWrittenBy(string sql) =>
        WritePattern().Matches(sql).Select(match => match.Groups["table"].Value.Replace("\"", "", StringComparison.Ordinal));

    private void Check(HttpContext context, HashSet<string> written)
    {
        audited ??= AuditedTablesOf(context.RequestServices);
        var told = context.RequestServices.GetRequiredService<AuditTrail>().EntityTypes;
        string[] tables;
        lock (written)
        {
            tables = [.. written.Where(table => audited.TryGetValue(table, out var types) && !types.Overlaps(told))];
        }
        if (
            context.Response.StatusCode < StatusCodes.Status300MultipleChoices
            && tables.Length > 0
            && !Exceptions.ContainsKey(
                $"{context.GetEndpoint()?.Metadata.GetMetadata<EndpointDefinition>()?.EndpointType.Name} {context.Response.StatusCode}"
            )
        )
        {
            throw new InvalidOperationException(
                $"{context.Request.Method} {context.Request.Path} wrote to {string.Join(", ", tables)}, and the audit log does not tell of it."
            );
        }
    }

    // The names of the entities that are kept in it, by the table.
    private static Dictionary<string, HashSet<string>> AuditedTablesOf(IServiceProvider services) =>
        services
            .GetServices<ModuleDatabase>()
            .SelectMany(database => ((DbContext)services.GetRequiredService(database.ContextType)).Model.GetEntityTypes())
            .Where(type => type.ClrType != typeof(AuditEntry) && AuditedType.Of(type).IsAudited)
            .GroupBy(type => $"{type.GetSchema()}.{type.GetTableName()}", StringComparer.Ordinal)
            .ToDictionary(
                table => table.Key,
                table => table.Select(type => AuditedType.Of(type).Name).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            );

    private static void Note(Activity command)
    {
        if (WrittenTables.Value is { } written && command.GetTagItem("db.query.text") is string sql)
        {
            lock (written)
            {
                written.UnionWith(TablesWrittenBy(sql));
            }
        }
    }

    [GeneratedRegex(
        @"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(?<table>""?\w+""?\.""?\w+""?)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex WritePattern();
}
