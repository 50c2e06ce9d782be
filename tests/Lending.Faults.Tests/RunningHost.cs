using System.Net;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>The host as a process on the mortal database, as in production, and its administrator.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private RunningHost(LendingProcess process, HttpClient administrator) => (Process, Administrator) = (process, administrator);

    public LendingProcess Process { get; }

    public HttpClient Administrator { get; }

    public string AccessToken => Administrator.DefaultRequestHeaders.Authorization!.Parameter!;

    public static async Task<RunningHost> StartAsync(MortalPostgres database, params (string Name, string Value)[] settings)
    {
        var process = LendingProcess.Start(
            [],
            [
                .. LendingProcess.Production(database.ConnectionString),
                // Nobody here has a second factor, and all requests are one administrator's.
                ("SecondFactor__RequiredRoles__0", ""),
                ("RateLimits__CallerPerMinute", "0"),
                ("RateLimits__OrganizationPerMinute", "0"),
                ("RateLimits__AddressPerMinute", "0"),
                ("Stopping__AnnounceSeconds", "3"),
                .. settings,
            ]
        );
        var client = await process.NewClientAsync();
        var login = await client.PostAsync(
            "/auth/login",
            new { username = "administrator", password = LendingProcess.AdministratorPassword },
            HttpStatusCode.OK
        );
        return new RunningHost(process, client.WithToken(login["accessToken"]!));
    }

    public async ValueTask DisposeAsync()
    {
        Administrator.Dispose();
        await Process.DisposeAsync();
    }
}
