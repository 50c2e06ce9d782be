using System.Net;
using System.Text.RegularExpressions;
using Lending.Testing;

namespace Lending.Host.Tests.Running;

/// <summary>What a newcomer sees: the host as a process with nothing configured but where its data goes and which port it takes.</summary>
public sealed partial class FreshMachineTests : IDisposable
{
    private readonly string data = LendingProcess.NewDataDirectory();

    [Fact]
    public async Task It_starts_with_nothing_configured_keeps_its_data_and_leaves_no_postgres_behind()
    {
        Guid customerId;
        await using (var first = Start())
        {
            using var installer = await LogInAsDemoInstallerAsync(first);
            customerId = await World.CreateCustomerAsync(installer);
            first.Kill();
            await PostgresShouldBeGoneAsync();
        }

        await using var second = Start();
        using var again = await LogInAsDemoInstallerAsync(second);
        await again.GetAsync($"/customers/{customerId}", HttpStatusCode.OK);
        second.Interrupt();
        (await second.WaitForExitAsync()).ShouldBe(0);
        await PostgresShouldBeGoneAsync();
    }

    public void Dispose()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private LendingProcess Start() =>
        LendingProcess.Start([], ("EmbeddedPostgres__DataDirectory", data), ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

    private static async Task<HttpClient> LogInAsDemoInstallerAsync(LendingProcess lending)
    {
        var address = (await lending.WaitForAsync("Lending is ready at")).Split(' ')[^1];
        var account = Columns().Split((await lending.WaitForAsync("INSTALLER")).Trim());
        var client = new HttpClient { BaseAddress = new Uri(address) };
        var login = await client.PostAsync("/auth/login", new { username = account[1], password = account[2] }, HttpStatusCode.OK);
        return client.WithToken(login["accessToken"]!);
    }

    private async Task PostgresShouldBeGoneAsync()
    {
        var pidFile = Path.Combine(data, "postmaster.pid");
        for (var attempt = 0; File.Exists(pidFile) && attempt < 1_200; attempt++)
        {
            await Task.Delay(50);
        }
        File.Exists(pidFile).ShouldBeFalse("postgres removes its pid file when it stops");
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Columns();
}
