using System.Diagnostics;
using System.Net;
using System.Text;
using Lending.Testing;

namespace Lending.Host.Tests.Telemetry;

/// <summary>What a host sends to a collector.</summary>
[Collection(MetricsTests.Name)]
public sealed class TracesTests : IAsyncLifetime
{
    private Collector collector = null!;
    private HostFixture host = null!;

    public async ValueTask InitializeAsync()
    {
        collector = await Collector.StartAsync();
        host = new HostFixture { Settings = collector.Settings };
        await host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task Traces_tell_routes_and_statements_and_nothing_of_anybody()
    {
        var world = new World(host);
        using var installer = await world.CreateInstallerAsync(await world.CreateOrganizationAsync());
        installer.DefaultRequestHeaders.UserAgent.ParseAdd("Lynxhound/7.31");
        var email = Unique.Email("greta.thermostat");
        var customer = await installer.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Created);
        const string theirTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using (var theirs = new Activity("theirs").SetParentId($"00-{theirTrace}-00f067aa0ba902b7-01"))
        {
            theirs.TraceStateString = "theirs=Lynxhound";
            theirs.Start();
            await installer.GetAsync($"/customers/{customer.Id}", HttpStatusCode.OK);
        }
        await installer.GetAsync($"/customers?search={email}", HttpStatusCode.OK);
        // The database refuses it, so its exception is recorded.
        var refused = await installer.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Conflict);
        await host.Anonymous.GetAsync(new Uri("/api/v1/Lynxhound-in-no-route?name=Lynxhound", UriKind.Relative));
        await host.Anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative));

        var traces = await collector.WaitForAsync(
            "/v1/traces",
            "/api/v1/customers/{id:guid}",
            "INSERT INTO customers.customers",
            "Npgsql.PostgresException",
            "23505"
        );
        var metrics = await collector.WaitForAsync("/v1/metrics", "http.server.request.duration", "/api/v1/customers/{id:guid}");

        foreach (
            var personal in (string[])[email, "thermostat", "Jürgen", "Sonnenallee", "Lynxhound", customer.Id.ToString(), World.Password]
        )
        {
            // As the collector reads bodies: a character for each byte.
            var asRead = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(personal));
            traces.ShouldNotContain(asRead, Case.Insensitive);
            metrics.ShouldNotContain(asRead, Case.Insensitive);
        }
        traces.ShouldNotContain("health/ready");
        // It was their trace, so what they told with it was there to be taken out.
        traces.ShouldContain(Encoding.Latin1.GetString(Convert.FromHexString(theirTrace)));
        // Who asks for help with an error gives an id that leads to its trace.
        traces.ShouldContain(Encoding.Latin1.GetString(Convert.FromHexString(refused["traceId"]!)));
        traces.ShouldNotContain("lending_app", Case.Sensitive, "nobody needs to know whom the database lets in");
    }
}
