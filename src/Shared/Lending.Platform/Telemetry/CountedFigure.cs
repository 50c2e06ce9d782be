using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Lending.Platform.Jobs;
using Lending.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Platform.Telemetry;

/// <summary>
/// A figure that is counted in the database, over every organisation: once a minute where metrics are read, and never by a request. Each instance counts,
/// and all find the same.
/// </summary>
/// <param name="Meter">Whose it is: <c>Lending.</c> and the module.</param>
/// <param name="Name">Its name, as OpenTelemetry writes names.</param>
/// <param name="Unit">Its unit, as UCUM writes units.</param>
/// <param name="Description">What it tells.</param>
/// <param name="Sql">The number; behind it, where there are several, the tag's value. <c>$1</c> is the time.</param>
/// <param name="Tag">The tag that tells the numbers apart, if there are several. Never one whose values grow with the data.</param>
public sealed record CountedFigure(string Meter, string Name, string Unit, string Description, string Sql, string? Tag = null);

/// <summary>Counts the figures, and tells whoever reads metrics what it counted last.</summary>
internal sealed class CountedFigures : RepeatedJob
{
    private const int LongestCountSeconds = 20;

    private readonly NpgsqlDataSource dataSource;
    private readonly IReadOnlyList<CountedFigure> figures;
    private readonly ConcurrentDictionary<CountedFigure, Measurement<double>[]> counted = new();

    public CountedFigures(
        IEnumerable<CountedFigure> figures,
        IMeterFactory meters,
        NpgsqlDataSource dataSource,
        TimeProvider clock,
        ILogger<CountedFigures> logger
    )
        : base(clock, logger)
    {
        this.dataSource = dataSource;
        this.figures = [.. figures];
        foreach (var figure in this.figures)
        {
            meters
                .Create(figure.Meter)
                .CreateObservableGauge<double>(figure.Name, () => counted.GetValueOrDefault(figure, []), figure.Unit, figure.Description);
        }
    }

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override TimeSpan? FirstAfter => TimeSpan.FromSeconds(2);

    protected override string Failure => "Figures cannot be counted now";

    protected override Task DoAsync(CancellationToken ct) => CountAsync(ct);

    /// <summary>Counts all of them.</summary>
    public async Task CountAsync(CancellationToken ct)
    {
        foreach (var figure in figures)
        {
            await TryAsync(() => CountAsync(figure, ct), ct);
        }
    }

    private async Task CountAsync(CountedFigure figure, CancellationToken ct)
    {
        try
        {
            var now = new NpgsqlParameter<DateTimeOffset> { TypedValue = Clock.GetUtcNow() };
            counted[figure] =
            [
                .. await dataSource.ReadOverEveryOrganizationAsync(
                    new NpgsqlBatchCommand(figure.Sql) { Parameters = { now } },
                    row =>
                        figure.Tag is { } tag
                            ? new Measurement<double>(row.GetDouble(0), new KeyValuePair<string, object?>(tag, row.GetString(1)))
                            : new Measurement<double>(row.GetDouble(0)),
                    LongestCountSeconds,
                    ct
                ),
            ];
        }
        catch
        {
            // An old figure would look like one of now; one that is missing raises an alarm.
            counted[figure] = [];
            throw;
        }
    }
}

/// <summary>Registration of figures.</summary>
public static class CountedFiguresRegistration
{
    /// <summary>Counts what the modules have registered as <see cref="CountedFigure"/>.</summary>
    public static IServiceCollection AddCountedFigures(this IServiceCollection services) => services.AddHostedService<CountedFigures>();
}
