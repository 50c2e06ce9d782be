using System.Net;
using System.Net.Sockets;
using System.Text;
using Lending.Platform.Persistence;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Running;

/// <summary>How long a request may take in the database, and how big it may be.</summary>
public sealed class LimitsTests(LimitsTests.OwnHost own) : IClassFixture<LimitsTests.OwnHost>
{
    private static readonly string[] Limits = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];

    private readonly HostFixture host = own.Host;

    [Fact]
    public async Task Requests_have_the_limits_of_the_settings_and_jobs_and_the_owner_have_none()
    {
        var requests = host.App.Services.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await requests.OpenConnectionAsync();
        (await ShowAsync(connection)).ShouldBe(["2s", "1s", "7s"]);
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await transaction.SeeEveryOrganizationAsync(CancellationToken.None);
            (await ShowAsync(connection)).ShouldBe(["0", "0", "0"]);
        }
        (await ShowAsync(connection)).ShouldBe(["2s", "1s", "7s"], "a job's transaction leaves nothing behind");
        // Longer than a request may, and than it is waited for.
        await using var hasty = NpgsqlDataSource.Create($"{TestDatabase.ApiOf(host.ConnectionString)};Command Timeout=1");
        (await hasty.ExecuteOverEveryOrganizationAsync("SELECT pg_sleep(2.5)", [], CancellationToken.None)).ShouldBe(-1);

        var owner = host.App.Services.GetRequiredService<OwnerDatabase>().DataSource;
        await using var owners = await owner.OpenConnectionAsync();
        await ExecuteAsync(owners, $"ALTER ROLE CURRENT_USER IN DATABASE \"{owners.Database}\" SET statement_timeout = '9s'");
        await using var next = await owner.OpenConnectionAsync();
        (await ShowAsync(next)).ShouldBe(["0", "0", "0"]);
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_ended_and_its_client_told_to_try_again()
    {
        await ExecuteAsync(
            """
            CREATE FUNCTION dawdles() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NEW; END';
            CREATE TRIGGER dawdles BEFORE INSERT ON customers.customers FOR EACH ROW EXECUTE FUNCTION dawdles()
            """
        );
        var email = Unique.Email();
        try
        {
            await ShouldBeToldToTryAgainAsync(email);
        }
        finally
        {
            await ExecuteAsync("DROP FUNCTION dawdles CASCADE");
        }

        await host.Administrator.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_waits_too_long_for_a_lock_is_told_to_try_again()
    {
        var email = Unique.Email();
        await using (var connection = new NpgsqlConnection(host.ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, "LOCK TABLE customers.customers IN EXCLUSIVE MODE");

            await ShouldBeToldToTryAgainAsync(email);
        }

        await host.Administrator.PostAsync("/customers", World.NewCustomer(email), HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused_whether_or_not_it_says_so(bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/customers", UriKind.Relative))
        {
            Content = new StringContent($"{{\"firstName\":\"{new string('x', 256 * 1024)}\"}}", Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = isChunked },
        };
        using var answer = await host.Administrator.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"body-too-large\"");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    /// <summary>Kestrel answers these before anything of ours sees them, without a body.</summary>
    [Theory]
    [InlineData("X-Long", 40_000, 1, "HTTP/1.1 431 ")]
    [InlineData("X-Many", 1, 200, "HTTP/1.1 431 ")]
    [InlineData(null, 10_000, 1, "HTTP/1.1 414 ")]
    public async Task Headers_and_addresses_that_are_too_long_are_refused(string? header, int length, int times, string expected)
    {
        var text = new string('x', length);
        var headers = header is null ? "" : string.Concat(Enumerable.Repeat($"{header}: {text}\r\n", times));
        using var client = new TcpClient();
        await client.ConnectAsync(host.Anonymous.BaseAddress!.Host, host.Anonymous.BaseAddress.Port);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"GET /api/v1/customers{(header is null ? $"?x={text}" : "")} HTTP/1.1\r\nHost: lending\r\n{headers}\r\n"
                )
            );
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);

        (await reader.ReadLineAsync())!.ShouldStartWith(expected);
    }

    private async Task ShouldBeToldToTryAgainAsync(string email)
    {
        using var content = new StringContent(
            System.Text.Json.JsonSerializer.Serialize(World.NewCustomer(email)),
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await host.Administrator.PostAsync(new Uri("/api/v1/customers", UriKind.Relative), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"try-again\"");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    private static async Task<List<string>> ShowAsync(NpgsqlConnection connection)
    {
        var shown = new List<string>();
        foreach (var limit in Limits)
        {
            await using var show = new NpgsqlCommand($"SHOW {limit}", connection);
            shown.Add((string)(await show.ExecuteScalarAsync())!);
        }
        return shown;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A host with narrow limits.</summary>
    public sealed class OwnHost : IAsyncLifetime
    {
        public HostFixture Host { get; } =
            new()
            {
                Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Database:StatementTimeoutSeconds"] = "2",
                    ["Database:LockTimeoutSeconds"] = "1",
                    ["Database:IdleInTransactionTimeoutSeconds"] = "7",
                },
            };

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
