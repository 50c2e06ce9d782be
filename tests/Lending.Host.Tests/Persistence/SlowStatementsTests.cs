using FastEndpoints;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Host.Tests.Persistence;

/// <summary>The log tells which statements take long, and never their values.</summary>
public sealed class SlowStatementsTests(HostFixture host) : IAsyncLifetime
{
    private const string Secret = "greta.thermostat@example.org";

    private readonly CollectingLog log = new();
    private string connectionString = "";

    public async ValueTask InitializeAsync() => connectionString = await TestDatabase.CreateAsync($"slow_{Unique.Text()}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_takes_long_is_told_with_its_slice_and_hash_and_its_text_once()
    {
        await using (var patient = Database(slowMilliseconds: 60_000))
        {
            await RunAsync(patient, milliseconds: 0);
        }
        log.Lines.ShouldBeEmpty();
        await using var database = Database(slowMilliseconds: 1000);
        await RunAsync(database, milliseconds: 1200);
        await RunAsync(database, milliseconds: 1200);

        log.Lines.Count.ShouldBe(3);
        var lines = log.Lines.ToArray();
        lines[0].ShouldMatch($"^{nameof(SlowStatementsTests)} waited [0-9]+ ms for the statement [0-9a-f]{{16}} $");
        var hash = lines[0].Trim().Split(' ')[^1];
        lines[1].ShouldStartWith($"The statement {hash} is SELECT pg_sleep($1), $2;\nSELECT 1");
        lines[2].ShouldContain(hash);
        lines.ShouldAllBe(line => !line.Contains(Secret));
    }

    [Fact]
    public async Task A_single_statement_is_told_too_and_outside_of_a_request_the_slice_that_it_names_itself()
    {
        await using var database = Database(slowMilliseconds: 1000, isInRequest: false);
        await using (var command = database.CreateCommand("/* GetOffer */ SELECT pg_sleep(1.2)"))
        {
            await command.ExecuteNonQueryAsync();
        }

        log.Lines.Count.ShouldBe(2);
        log.Lines.First().ShouldStartWith("GetOffer waited ");
    }

    [Fact]
    public async Task With_a_limit_of_zero_nothing_is_told()
    {
        await using var database = Database(slowMilliseconds: 0);

        await RunAsync(database, milliseconds: 1200);

        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_host_tells_of_its_own()
    {
        var marker = $"slow_{Unique.Text()}";
        await using (
            var command = host.App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"SELECT pg_sleep(0.12) AS {marker}")
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        await Wait.UntilAsync(() => host.Log.Lines.Any(line => line.Contains(marker, StringComparison.Ordinal)));
        host.Log.Lines.ShouldContain(line => line.Contains(marker) && line.Contains("StatementHash"));
    }

    private NpgsqlDataSource Database(int slowMilliseconds, bool isInRequest = true)
    {
        var context = new DefaultHttpContext();
        var slice = new EndpointDefinition(typeof(SlowStatementsTests), typeof(EmptyRequest), typeof(EmptyResponse));
        context.SetEndpoint(new Microsoft.AspNetCore.Http.Endpoint(null, new EndpointMetadataCollection(slice), null));
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        var slow = new SlowStatements(
            new HttpContextAccessor { HttpContext = isInRequest ? context : null },
            Options.Create(new DatabaseOptions { SlowStatementMilliseconds = slowMilliseconds }),
            logs.CreateLogger<SlowStatements>()
        );
        return new NpgsqlDataSourceBuilder(connectionString).UseLoggerFactory(slow).Build();
    }

    private static async Task RunAsync(NpgsqlDataSource database, double milliseconds)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand("SELECT pg_sleep($1), $2")
            {
                Parameters =
                {
                    new NpgsqlParameter<double> { TypedValue = milliseconds / 1000 },
                    new NpgsqlParameter<string> { TypedValue = Secret },
                },
            }
        );
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT 1"));
        await batch.ExecuteNonQueryAsync();
    }
}
