using System.Globalization;
using System.Net;
using Lending.Platform.Outbox;
using Lending.Platform.Telemetry;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry.Exporter;

namespace Lending.Host.Tests.Telemetry;

/// <summary>What Prometheus reads.</summary>
[Collection(Name)]
public sealed class MetricsTests(MetricsTests.Measured measured) : IClassFixture<MetricsTests.Measured>
{
    /// <summary>Hosts of one process have the same meters, so one is measured at a time.</summary>
    public const string Name = "telemetry";

    [Fact]
    public async Task Figures_of_the_business_are_counted_over_every_organisation()
    {
        await measured.CountAsync();
        var before = await measured.ReadAsync();
        var world = new World(measured.Host);
        foreach (var organizationId in new[] { await world.CreateOrganizationAsync(), await world.CreateOrganizationAsync() })
        {
            using var installer = await world.CreateInstallerAsync(organizationId);
            await World.CreateOfferAsync(installer, await World.CreateCustomerAsync(installer));
        }
        await measured.CountAsync();
        var after = await measured.ReadAsync();

        More("lending_offers{", "status=\"PENDING\"").ShouldBe(2);
        // Two invitations, which nobody sends here.
        More("lending_mails_waiting").ShouldBe(2);
        ValueOf(after, "lending_mails_oldest_seconds").ShouldBeInRange(0.001, 600);
        // Two offers that were made, of which nobody tells here.
        More("lending_outbox_waiting").ShouldBe(2);
        ValueOf(after, "lending_outbox_oldest_seconds").ShouldBeInRange(0.001, 600);
        ValueOf(after, "lending_webhooks_oldest_seconds").ShouldBe(0);

        double More(params string[] parts) => ValueOf(after, parts) - ValueOf(before, parts);
    }

    [Fact]
    public async Task A_figure_that_cannot_be_counted_is_missing_and_not_old()
    {
        await measured.CountAsync();
        NamesIn(await measured.ReadAsync()).ShouldContain("lending_mails_waiting");
        await using var database = NpgsqlDataSource.Create(measured.Host.ConnectionString);
        await ExecuteAsync("ALTER TABLE notifications.notifications RENAME TO away");
        try
        {
            await measured.CountAsync();

            var names = NamesIn(await measured.ReadAsync());
            names.ShouldNotContain("lending_mails_waiting");
            names.ShouldContain("lending_outbox_waiting");
        }
        finally
        {
            await ExecuteAsync("ALTER TABLE notifications.away RENAME TO notifications");
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task The_runtime_is_measured() =>
        NamesIn(await measured.ReadAsync()).ShouldContain(name => name.StartsWith("dotnet_", StringComparison.Ordinal));

    [Fact]
    public async Task Metrics_have_a_port_of_their_own_that_answers_nothing_else()
    {
        (await measured.Client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await measured.Client.GetAsync(new Uri("/api/v1/customers", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await measured.Host.Anonymous.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_a_port_nothing_is_measured()
    {
        await using var plain = await HostWithoutDatabase.StartAsync("Development", []);

        plain.Services.GetService(typeof(OpenTelemetry.Metrics.MeterProvider)).ShouldBeNull();
        plain.Services.GetService(typeof(OpenTelemetry.Trace.TracerProvider)).ShouldBeNull();
    }

    /// <summary>The metrics that are told.</summary>
    internal static HashSet<string> NamesIn(string metrics) =>
        metrics.Split('\n').Where(line => line is [not '#', ..]).Select(line => line.Split('{', ' ')[0]).ToHashSet(StringComparer.Ordinal);

    /// <summary>The only value of a metric, 0 before there is any.</summary>
    private static double ValueOf(string metrics, params string[] parts)
    {
        var line = metrics
            .Split('\n')
            .SingleOrDefault(line =>
                !line.StartsWith('#') && Array.TrueForAll(parts, part => line.Contains(part, StringComparison.Ordinal))
            );
        return line is null ? 0 : double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>A host whose metrics are read.</summary>
    public sealed class Measured : IAsyncLifetime
    {
        private readonly int port = FreePort.Find();

        public HostFixture Host { get; private set; } = null!;

        /// <summary>Asks the port of the metrics.</summary>
        public HttpClient Client { get; private set; } = null!;

        /// <summary>Counts now what is else counted each minute.</summary>
        public Task CountAsync() =>
            Host.App.Services.GetServices<IHostedService>().OfType<CountedFigures>().Single().CountAsync(CancellationToken.None);

        public Task<string> ReadAsync() => Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        public ValueTask InitializeAsync()
        {
            Host = new HostFixture
            {
                Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Metrics:Port"] = port.ToString(CultureInfo.InvariantCulture),
                    ["Outbox:PollSeconds"] = "3600",
                },
                // Each reading counts anew.
                AddServices = services =>
                    services
                        .Configure<PrometheusAspNetCoreOptions>(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0)
                        .AddSingleton(new OutboxBell([])),
            };
            Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            return Host.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Host.DisposeAsync();
        }
    }
}
