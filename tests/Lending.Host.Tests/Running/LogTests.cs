using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Host.Tests.Running;

/// <summary>Logs are JSON lines that tell who and where, and never a secret or a person.</summary>
public sealed class LogTests : IDisposable
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

        var lines = lending.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line)).ToList();
        var request = lines.First(line =>
            line.GetProperty("Properties").TryGetProperty("SourceContext", out var source)
            && source.GetString() == "Lending.Requests"
            && line.GetRawText().Contains("/customers", StringComparison.Ordinal)
        );
        request.GetProperty("TraceId").GetString().ShouldNotBeNullOrEmpty();
        request.GetProperty("Properties").GetProperty("UserId").GetString().ShouldBe(login["user.id"]);
        request.GetProperty("Properties").GetProperty("OrganizationId").GetString().ShouldBe(login["user.organizationId"]);
        foreach (var secret in new[] { password, email, login["accessToken"]!, login["refreshToken"]!, linkToken, typedName, userAgent })
        {
            lines.ShouldNotContain(line => line.GetRawText().Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

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
        await installer.PostAsync($"/loan-offers/{offer.Id}/approve", null, HttpStatusCode.OK);
        var token = (await installer.PostAsync($"/loan-offers/{offer.Id}/link", null, HttpStatusCode.Created))["token"]!;
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
