using System.Net;
using Lending.Host.Tests.Authorization;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Running;

/// <summary>Every endpoint, while the database lets nobody in.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    // What needs no database is answered as ever: reckoning, a refresh token that is none, and what is wrong in form.
    private static readonly string[] WithoutDatabase =
    [
        "POST /auth/token/refresh",
        "POST /auth/logout",
        "POST /loan-offers/quote",
        "GET /message-templates",
        "POST /mail-bounces",
        "GET /sandbox/messages",
        "GET /sandbox/clock",
        "POST /sandbox/clock",
        "POST /payment-providers/stripe/events",
        "POST /loan-accounts/simulate",
        "PUT /sepa-creditor",
        "POST /documents",
        "POST /card-payments",
        "GET /ledger-exports/csv",
        "GET /ledger-exports/datev",
    ];

    private readonly TestClock clock = new();
    private readonly HostFixture host;

    public DatabaseAwayTests()
    {
        host = new HostFixture { AddServices = services => services.AddSingleton<TimeProvider>(clock) };
    }

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_endpoint_answers_that_the_database_is_not_available()
    {
        var cast = await Cast.AssembleAsync(host);
        // Else a slow machine would forget on the way who may call, and ask the database.
        clock.Stop();
        var requests = new List<(MatrixRow Row, Persona Persona, Target Target)>();
        foreach (var row in AuthorizationMatrix.Rows)
        {
            var persona = Enum.GetValues<Persona>().First(persona => row.StatusFor(persona) == row.Answers);
            requests.Add((row, persona, await cast.NewTargetAsync(persona, row)));
        }
        await using var database = NpgsqlDataSource.Create(host.ConnectionString);
        await using (
            var close = database.CreateCommand(
                $"""
                ALTER DATABASE "{database.CreateConnection().Database}" CONNECTION LIMIT 0;
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'lending_app'
                """
            )
        )
        {
            await close.ExecuteNonQueryAsync();
        }

        var others = new List<(string Endpoint, string Answer)>();
        foreach (var (row, persona, target) in requests)
        {
            var answer = await cast.ClientOf(persona, row).SendAsync(row.Method, row.PathFor(target), row.Body(target));
            if (answer.Status != HttpStatusCode.ServiceUnavailable || answer.Code != "database-unavailable")
            {
                others.Add((row.Endpoint, $"{row.Endpoint} as {persona}: {(int)answer.Status} {answer.Text}"));
                ((int)answer.Status).ShouldBeLessThan(500, row.Endpoint);
            }
        }

        others
            .Select(other => other.Endpoint)
            .ShouldBe(WithoutDatabase, ignoreOrder: true, string.Join('\n', others.Select(other => other.Answer)));
    }
}
