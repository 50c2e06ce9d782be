using BenchmarkDotNet.Attributes;
using Lending.Customers.Contracts;
using Lending.EmbeddedPostgres;
using Lending.Host;
using Lending.Loans.Contracts;
using Lending.Platform;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Seeding;
using Lending.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Benchmarks;

/// <summary>What a request allocates in the whole host, with a database, and without Kestrel, sockets and a client.</summary>
public class RequestBenchmarks
{
    private static readonly DirectServer server = new();
    private PostgresServer database = null!;
    private LendingHost host = null!;
    private string token = "";
    private string offer = "";
    private string customer = "";
    private string newOffer = "";

    // In this process, BenchmarkDotNet does not wait for a setup that is asynchronous.
    [GlobalSetup]
    public void Start() => StartAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Stop() => StopAsync().GetAwaiter().GetResult();

    private async Task StartAsync()
    {
        database = await PostgresServer.StartAsync(new PostgresServerOptions { Durable = false });
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "benchmarks" };
        var owner = connection.ConnectionString;
        connection.Username = "lending_app";
        host = await LendingHost.BuildAsync(
            ["--environment", "Development"],
            builder =>
            {
                builder.Configuration[$"ConnectionStrings:{LendingPlatform.ConnectionStringName}"] = connection.ConnectionString;
                builder.Configuration[$"ConnectionStrings:{OwnerDatabase.ConnectionStringName}"] = owner;
                builder.Configuration["Serilog:MinimumLevel:Default"] = "Warning";
                builder.Configuration["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Warning";
                builder.Services.AddSingleton<IServer>(server);
            }
        );
        var services = host.App.Services;
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await host.Seeder.SeedAsync(
            new SeedOptions
            {
                Organizations = 1,
                Installers = 1,
                Customers = 200,
                Offers = 1000,
            },
            progress: null,
            CancellationToken.None
        );
        await host.App.StartAsync();
        await using var command = services
            .GetRequiredService<OwnerDatabase>()
            .DataSource.CreateCommand("SELECT organization_id, id, customer_id FROM loans.offers LIMIT 1");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        offer = $"/api/v1/loan-offers/{row.GetGuid(1)}";
        customer = $"/api/v1/customers/{row.GetGuid(2)}";
        newOffer = $$"""{"customerId":"{{row.GetGuid(2)}}","loanAmount":18000,"annualRatePercent":4.9,"termMonths":120}""";
        var options = services.GetRequiredService<IOptions<AccessTokenOptions>>().Value;
        var installer = Persons.Installer(row.GetGuid(0));
        string[] permissions =
        [
            .. installer.Permissions,
            CustomersPermission.CustomersRead,
            LoansPermission.OffersRead,
            LoansPermission.OffersWrite,
        ];
        token = AccessTokens.Create(options, TimeProvider.System, installer with { Permissions = permissions });
    }

    private async Task StopAsync()
    {
        await host.App.StopAsync();
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [Benchmark]
    public Task Read_an_offer() => server.SendAsync("GET", offer, token, body: null);

    [Benchmark]
    public Task Read_a_customer() => server.SendAsync("GET", customer, token, body: null);

    [Benchmark]
    public Task Page_of_100_offers() => server.SendAsync("GET", "/api/v1/loan-offers", token, body: null);

    [Benchmark]
    public Task Create_an_offer() => server.SendAsync("POST", "/api/v1/loan-offers", token, newOffer);

    [Benchmark]
    public Task Quote() =>
        server.SendAsync(
            "POST",
            "/api/v1/loan-offers/quote",
            token: null,
            """{"loanAmount":18000,"annualRatePercent":4.9,"termMonths":120}"""
        );
}
