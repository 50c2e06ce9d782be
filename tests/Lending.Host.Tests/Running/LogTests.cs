using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lending.Testing;

namespace Lending.Host.Tests.Running;

/// <summary>Logs are JSON lines that tell who and where, and never a secret or a person.</summary>
public sealed partial class LogTests : IDisposable
{
    private readonly string data = LendingProcess.NewDataDirectory();

    [Fact]
    public async Task Logs_carry_trace_user_and_organisation_and_no_secret_or_personal_data()
    {
        const string password = "Kaltes-Klares-Wasser-8";
        var username = Unique.Username();
        var email = Unique.Email("greta.thermostat");
        await using var lending = LendingProcess.Start(
            [],
            ("EmbeddedPostgres__DataDirectory", data),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("Serilog__MinimumLevel__Default", "Debug")
        );
        using var client = new HttpClient { BaseAddress = new Uri((await lending.WaitForAsync("Lending is ready at")).Split(' ')[^1]) };
        var registration = new
        {
            username,
            email,
            password,
            passwordConfirm = password,
        };
        await client.PostAsync("/auth/register", registration, HttpStatusCode.Created);
        await client.PostAsync("/auth/register", registration, HttpStatusCode.Conflict);
        var login = await client.PostAsync("/auth/login", new { username, password }, HttpStatusCode.OK);
        await client.PostAsync("/auth/login", new { username, password = password + "x" }, HttpStatusCode.Unauthorized);
        client.WithToken(login["accessToken"]!);
        await client.GetAsync($"/customers?search={email}", HttpStatusCode.OK);
        var (linkToken, typedName, userAgent) = await AcceptOverLinkAsync(client.BaseAddress!);
        await client.PostAsync("/auth/logout", new { refreshToken = login["refreshToken"] }, HttpStatusCode.NoContent);
        await lending.WaitForAsync("auth/logout");

        var lines = LinesOf(lending.Output);
        var request = lines.First(line => IsOfRequest(line) && line.GetRawText().Contains("/customers", StringComparison.Ordinal));
        request.GetProperty("TraceId").GetString().ShouldNotBeNullOrEmpty();
        request.GetProperty("Properties").GetProperty("UserId").GetString().ShouldBe(login["user.id"]);
        request.GetProperty("Properties").GetProperty("OrganizationId").GetString().ShouldBe(login["user.organizationId"]);
        foreach (var secret in new[] { password, email, login["accessToken"]!, login["refreshToken"]!, linkToken, typedName, userAgent })
        {
            lines.ShouldNotContain(line => line.GetRawText().Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task When_the_host_stops_every_line_is_written_and_none_is_torn()
    {
        const int requests = 500;
        await using var lending = LendingProcess.Start([], WithoutDatabase);
        using var client = ClientOf(await lending.WaitForAsync("Now listening on"));
        await AskAsync(client, requests);

        lending.Interrupt();

        (await lending.WaitForExitAsync()).ShouldBe(0);
        LinesOf(lending.Output).Count(IsOfRequest).ShouldBe(requests);
    }

    [Fact]
    public async Task Requests_are_answered_while_nobody_reads_the_log()
    {
        // More than may wait to be written, and than the pipe to the reader holds.
        const int requests = 11_000;
        var start = new ProcessStartInfo("dotnet", [typeof(LendingHost).Assembly.Location])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in WithoutDatabase)
        {
            start.Environment[name] = value;
        }
        using var lending = Process.Start(start)!;
        try
        {
            string? line;
            do
            {
                line = await lending.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            } while (line?.Contains("Now listening on", StringComparison.Ordinal) == false);
            using var client = ClientOf(line!);

            await AskAsync(client, requests);
        }
        finally
        {
            lending.Kill();
        }
    }

    private static (string Name, string Value)[] WithoutDatabase =>
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ConnectionStrings__Lending", "Host=127.0.0.1;Port=1;Database=lending"),
            ("Jwt__SigningKeys__first", "a secret of more than thirty-two bytes"),
            ("PublicUrl", "http://localhost"),
            ("Mail__Host", "mail.example"),
        ];

    private static HttpClient ClientOf(string line) =>
        new() { BaseAddress = new Uri(Address().Match(line).Value), Timeout = TimeSpan.FromSeconds(20) };

    [GeneratedRegex("http://[0-9.:]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    private static Task AskAsync(HttpClient client, int times) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, times),
            async (_, ct) => (await client.GetAsync(new Uri("/health/live", UriKind.Relative), ct)).StatusCode.ShouldBe(HttpStatusCode.OK)
        );

    private static List<JsonElement> LinesOf(string output) =>
        [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line))];

    private static bool IsOfRequest(JsonElement line) =>
        line.GetProperty("Properties").TryGetProperty("SourceContext", out var source) && source.GetString() == "Lending.Requests";

    /// <summary>Accepts an offer of the demo data's installer in all the ways that go through the request's body and headers.</summary>
    private static async Task<(string LinkToken, string TypedName, string UserAgent)> AcceptOverLinkAsync(Uri address)
    {
        const string typedName = "Zacharias Zwiebelturm";
        const string userAgent = "Lynxhound/7.31";
        using var installer = new HttpClient { BaseAddress = address };
        var login = await installer.PostAsync(
            "/auth/login",
            new { username = "demo-installer", password = "Sonnendach-2026!" },
            HttpStatusCode.OK
        );
        installer.WithToken(login["accessToken"]!);
        var customer = (await installer.GetAsync("/customers?limit=1", HttpStatusCode.OK)).Json.GetProperty("items")[0];
        var offer = await installer.PostAsync("/loan-offers", World.NewOffer(customer.GetProperty("id").GetGuid()), HttpStatusCode.Created);
        await installer.PostAsync($"/loan-offers/{offer.Id}/approve", World.Decision(offer), HttpStatusCode.OK);
        var token = (await installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Accepted))["token"]!;
        using var anonymous = new HttpClient { BaseAddress = address };
        anonymous.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        await anonymous.PostAsync($"/loan-offers/{offer.Id}/link/open", new { token }, HttpStatusCode.OK);
        object acceptance = new
        {
            typedName,
            version = 1,
            documentHash = offer["documentHash"],
            linkToken = token,
        };
        await anonymous.PostAsync($"/loan-offers/{offer.Id}/accept", acceptance, HttpStatusCode.OK);
        await anonymous.PostAsync($"/loan-offers/{offer.Id}/accept", acceptance, HttpStatusCode.NotFound);
        return (token, typedName, userAgent);
    }

    public void Dispose()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
