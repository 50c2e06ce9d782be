using Lending.Platform;
using Lending.Platform.Modules;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lending.Testing;

/// <summary>A host of one module alone, on Kestrel and PostgreSQL, with fakes for its neighbours' contracts.</summary>
public sealed class ModuleHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ModuleHost(WebApplication app, TestClock clock)
    {
        this.app = app;
        Clock = clock;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>The host's clock.</summary>
    public TestClock Clock { get; }

    /// <summary>The host's services, for looking behind the API.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>An anonymous client of the host.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts a host of this module on a new database, with its schema migrated.</summary>
    /// <param name="module">The module under test.</param>
    /// <param name="addFakes">Registers fakes of the contracts that the module asks for; runs after the module, so it may also replace.</param>
    /// <param name="settings">Configuration beyond the defaults.</param>
    public static async Task<ModuleHost> StartAsync(
        IModule module,
        Action<IServiceCollection>? addFakes = null,
        IReadOnlyDictionary<string, string?>? settings = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [$"ConnectionStrings:{LendingPlatform.ConnectionStringName}"] = await TestDatabase.CreateAsync(
                    $"{module.Name}_{Unique.Text()}"
                ),
                // Tests deliver events when they want them delivered; between, nobody asks the database behind their backs.
                ["Outbox:PollSeconds"] = "3600",
            }
        );
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        var clock = new TestClock();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddLendingPlatform([module]);
        builder.Services.TellParameters();
        addFakes?.Invoke(builder.Services);
        var started = builder.Build();
        started.UseLendingPlatform();
        await started.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await started.StartAsync();
        return new ModuleHost(started, clock);
    }

    /// <summary>A client that sends an access token of a made-up user, as the Identity module would issue it.</summary>
    public HttpClient ClientFor(AccessTokenSubject subject) =>
        new HttpClient { BaseAddress = Client.BaseAddress }.WithToken(
            AccessTokens.Create(Services.GetRequiredService<IOptions<AccessTokenOptions>>().Value, Clock, subject)
        );

    /// <summary>Delivers the events that are due, as the host's background service does; two calls at once are as two instances.</summary>
    public Task DeliverEventsAsync(CancellationToken ct = default) => Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(ct);

    /// <summary>Deletes the events that were delivered long ago, as the host's background service does.</summary>
    public Task DeleteOldEventsAsync() => Services.GetRequiredService<OutboxDispatcher>().DeleteOldAsync(CancellationToken.None);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
