using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Lending.Host.Logging;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lending.Host.Tests.Logging;

/// <summary>What Sentry is told, by what arrives where its address leads to.</summary>
public sealed class SentryTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> arrived = new();
    private WebApplication sentry = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        sentry = builder.Build();
        sentry.MapPost("/api/1/envelope/", (HttpRequest request) => ReceiveAsync(request));
        await sentry.StartAsync();
    }

    public ValueTask DisposeAsync() => sentry.DisposeAsync();

    [Fact]
    public async Task An_error_is_told_with_its_trace_id_and_nothing_of_its_request()
    {
        await using var host = await StartAsync();
        var world = new World(host);
        var organization = await world.CreateOrganizationAsync();
        using var installer = await world.CreateInstallerAsync(organization);
        await using var owner = NpgsqlDataSource.Create(host.ConnectionString);
        await ExecuteAsync(owner, "ALTER TABLE customers.customers RENAME COLUMN city TO away");

        var failed = await installer.SendAsync("POST", "/customers", World.NewCustomer("nachtfalter@example.org"));

        failed.ShouldBeProblem(HttpStatusCode.InternalServerError, "internal-error");
        var told = await ArrivedAsync();
        told.ShouldContain(failed["traceId"]!);
        told.ShouldContain("Unhandled exception");
        told.ShouldContain("Npgsql.PostgresException");
        told.ShouldContain("CreateCustomer");
        string[] kept =
        [
            // The request: its body, its credential, its sender, and whose it is.
            "Jürgen",
            "rgen\"",
            "Gro",
            "901820",
            "Sonnenallee",
            "achtfalter",
            installer.DefaultRequestHeaders.Authorization!.Parameter!,
            "Bearer",
            organization.ToString(),
            // What exceptions say, and the machine.
            "does not exist",
            Environment.MachineName,
            host.ConnectionString,
        ];
        kept.ShouldAllBe(text => !told.Contains(text));
        // Ids have such digits among others.
        told.ShouldNotMatch("(?<![0-9a-f])12045(?![0-9a-f])");
    }

    [Fact]
    public async Task What_is_no_error_is_not_told()
    {
        await using (var host = await StartAsync())
        {
            (
                await host.Anonymous.SendAsync("POST", "/auth/login", new { username = "nobody", password = "Nachtfalter-im-Wind-3" })
            ).Status.ShouldBe(HttpStatusCode.Unauthorized);
            (await host.Anonymous.SendAsync("GET", "/customers")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        // The host has ended, and what it had to tell is told.
        arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_address_nothing_of_it_is_loaded()
    {
        await using var lending = LendingProcess.Start(
            [],
            LendingProcess.Production("Host=127.0.0.1;Port=1;Username=nobody;Database=nothing")
        );
        using var client = await lending.NewClientAsync();
        (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        lending.LoadedFiles.ShouldContain("Serilog.dll");
        lending.LoadedFiles.ShouldNotContain("Sentry.dll");
    }

    [Theory]
    [InlineData("key")]
    [InlineData("https://sentry.example.org/1")]
    [InlineData("ftp://key@sentry.example.org/1")]
    public void An_address_that_is_none_stops_the_start(string dsn)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new KeyValuePair<string, string?>(LendingLogging.SentrySetting, dsn)])
            .Build();

        Should.Throw<InvalidOperationException>(() => LendingLogging.FindSentry(configuration));
    }

    private async Task<HostFixture> StartAsync()
    {
        var address = new Uri(sentry.Urls.Single());
        var host = new HostFixture
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [LendingLogging.SentrySetting] = $"http://key@{address.Authority}/1",
            },
        };
        await host.InitializeAsync();
        return host;
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        await using var body =
            request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        arrived.Enqueue(await reader.ReadToEndAsync());
        return Results.Ok();
    }

    private async Task<string> ArrivedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (arrived.FirstOrDefault(envelope => envelope.Contains("Unhandled exception")) is { } found)
            {
                return found;
            }
            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
