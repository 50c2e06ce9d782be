using System.Diagnostics;
using System.Net;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>The host as a process on a database, as in production, and its administrator.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();

    private RunningHost(LendingProcess process, HttpClient administrator) => (Process, Administrator) = (process, administrator);

    public LendingProcess Process { get; }

    public HttpClient Administrator { get; }

    /// <summary>For how long it has served.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(started);

    public string AccessToken => Administrator.DefaultRequestHeaders.Authorization!.Parameter!;

    public static Task<RunningHost> StartAsync(string connectionString, params (string Name, string Value)[] settings) =>
        StartFromAsync(AppContext.BaseDirectory, connectionString, settings);

    /// <summary>The same for another version, which is in this folder.</summary>
    public static async Task<RunningHost> StartFromAsync(
        string folder,
        string connectionString,
        params (string Name, string Value)[] settings
    )
    {
        var process = LendingProcess.StartFrom(
            folder,
            [],
            [
                .. LendingProcess.Production(connectionString),
                // Nobody here has a second factor, and all requests are one administrator's.
                ("SecondFactor__RequiredRoles__0", ""),
                ("RateLimits__CallerPerMinute", "0"),
                ("RateLimits__OrganizationPerMinute", "0"),
                ("RateLimits__AddressPerMinute", "0"),
                ("Stopping__AnnounceSeconds", "6"),
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
