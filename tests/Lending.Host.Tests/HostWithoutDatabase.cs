using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Lending.Host.Tests;

/// <summary>The whole product in this process, with settings of its own, for what needs no database.</summary>
internal sealed class HostWithoutDatabase : IAsyncDisposable
{
    public const string CertificateSubject = "CN=loans.example";

    private readonly LendingHost host;

    private HostWithoutDatabase(LendingHost host)
    {
        this.host = host;
        Client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                // A test signs its certificate itself.
                SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == CertificateSubject },
            }
        )
        {
            BaseAddress = new Uri(host.App.Urls.First()),
        };
    }

    public IServiceProvider Services => host.App.Services;

    /// <summary>Follows no redirect.</summary>
    public HttpClient Client { get; }

    public static async Task<HostWithoutDatabase> StartAsync(
        string environment,
        IEnumerable<(string Name, string Value)> settings,
        Action<WebApplication>? map = null
    )
    {
        var built = await LendingHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0"],
            builder =>
            {
                // The environment's name in the arguments does not count in debug builds.
                builder.Environment.EnvironmentName = environment;
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["ConnectionStrings:Lending"] = "Host=127.0.0.1;Port=1;Database=none",
                        // Background jobs find no database and would log that.
                        ["Serilog:MinimumLevel:Default"] = "Fatal",
                        ["Serilog:MinimumLevel:Override:Microsoft"] = "Fatal",
                        ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Fatal",
                        ["Jwt:SigningKeys:first"] = AccessTokenOptions.NewSigningKey(),
                        ["Encryption:Keys:first"] = TestKeys.First,
                        ["Encryption:SearchKey"] = TestKeys.Search,
                        ["Mail:Host"] = "mail.example",
                    }
                );
                builder.Configuration.AddInMemoryCollection(
                    settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))
                );
            }
        );
        map?.Invoke(built.App);
        try
        {
            await built.App.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }
        return new HostWithoutDatabase(built);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.App.StopAsync();
        await host.DisposeAsync();
    }
}
