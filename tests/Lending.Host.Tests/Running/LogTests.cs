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
        await client.PostAsync("/auth/logout", new { refreshToken = login["refreshToken"] }, HttpStatusCode.NoContent);
        await lending.WaitForAsync("auth/logout");

        var lines = lending.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line)).ToList();
        var request = lines.First(line => line.GetRawText().Contains("/customers", StringComparison.Ordinal));
        request.GetProperty("TraceId").GetString().ShouldNotBeNullOrEmpty();
        request.GetProperty("Properties").GetProperty("UserId").GetString().ShouldBe(login["user.id"]);
        request.GetProperty("Properties").GetProperty("OrganizationId").GetString().ShouldBe(login["user.organizationId"]);
        foreach (var secret in new[] { password, email, login["accessToken"]!, login["refreshToken"]! })
        {
            lines.ShouldNotContain(line => line.GetRawText().Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
