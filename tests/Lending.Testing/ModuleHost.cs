using System.Net;
using Lending.Audit;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform;
using Lending.Platform.Clocks;
using Lending.Platform.Idempotency;
using Lending.Platform.Modules;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lending.Testing;

/// <summary>A host of one module alone, on Kestrel and PostgreSQL, with fakes for its neighbours' contracts.</summary>
public sealed class ModuleHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ModuleHost(WebApplication app, IModule module, TestClock clock)
    {
        this.app = app;
        ModuleUnderTest = module;
        Clock = clock;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Database = NpgsqlDataSource.Create(app.Configuration.GetConnectionString(OwnerDatabase.ConnectionStringName)!);
    }

    /// <summary>The module that the host was started for; the audit log is always there, too.</summary>
    public IModule ModuleUnderTest { get; }

    /// <summary>The host's clock.</summary>
    public TestClock Clock { get; }

    /// <summary>The host's services, for looking behind the API.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>The database as its owner sees it: with the rows of every organisation.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>The messages that the module asked for.</summary>
    public AskedMessages Messages => Services.GetRequiredService<AskedMessages>();

    /// <summary>An anonymous client of the host.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts a host of this module on a new database, with its schema migrated.</summary>
    /// <param name="module">The module under test.</param>
    /// <param name="addFakes">Registers fakes of the contracts that the module asks for; runs after the module, so it may also replace.</param>
    /// <param name="settings">Configuration beyond the defaults.</param>
    /// <param name="deliversAtOnce">Whether events are delivered as soon as they are committed, and not when a test wants it.</param>
    public static async Task<ModuleHost> StartAsync(
        IModule module,
        Action<IServiceCollection>? addFakes = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        bool deliversAtOnce = false
    )
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [$"ConnectionStrings:{LendingPlatform.ConnectionStringName}"] = TestDatabase.ApiOf(
                    await TestDatabase.CreateAsync($"{module.GetType().Name.ToLowerInvariant()}_{Unique.Text()}")
                ),
                // Tests deliver events and mails when they want them delivered; between, nobody asks the database behind their backs.
                ["Outbox:PollSeconds"] = "3600",
                ["Mail:PollSeconds"] = "3600",
                ["Webhooks:PollSeconds"] = "3600",
                ["Audit:SealSeconds"] = "3600",
                // Tests let requests wait for locks for as long as they need, on a busy machine.
                ["Database:LockTimeoutSeconds"] = "60",
                ["Database:StatementTimeoutSeconds"] = "120",
                ["Encryption:Keys:first"] = TestKeys.First,
                ["Encryption:SearchKey"] = TestKeys.Search,
            }
        );
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal));
        builder.Configuration[$"ConnectionStrings:{OwnerDatabase.ConnectionStringName}"] = TestDatabase.OwnerOf(
            builder.Configuration.GetConnectionString(LendingPlatform.ConnectionStringName)!
        );
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        // What the product would log, and warnings of everybody else.
        builder
            .Logging.AddProvider(LogWatch.OfThisRun)
            .AddFilter<LogWatch>("Lending", LogLevel.Information)
            .AddFilter<LogWatch>(null, LogLevel.Warning);
        var clock = new TestClock();
        builder.Services.AddSingleton<TimeProvider>(clock);
        // The platform writes the audit log of every module.
        builder.AddLendingPlatform(module is AuditModule ? [module] : [new AuditModule(), module]);
        builder.Services.AddSingleton<IStartupFilter, WritesAreAudited>();
        builder.Services.TellParameters();
        if (!deliversAtOnce)
        {
            builder.Services.AddSingleton(new OutboxBell([]));
            // It rings once by itself as soon as it listens.
            builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(OutboxNotices)));
        }
        if (builder.Services.All(service => service.ServiceType != typeof(IApiKeys)))
        {
            builder.Services.AddSingleton<ISandboxDirectory>(provider => provider.GetRequiredService<MadeUpSandboxes>());
        }
        addFakes?.Invoke(builder.Services);
        // Identity has its own; no other module takes back access, knows keys, or turns organisations away.
        builder.Services.TryAddSingleton<IAccessRevocations, NothingRevoked>();
        builder.Services.AddSingleton<MadeUpSandboxes>();
        builder.Services.TryAddSingleton<IApiKeys>(provider => provider.GetRequiredService<MadeUpSandboxes>());
        builder.Services.TryAddSingleton<IOrganizationGates, OpenGates>();
        // Notifications has its own; every other module's messages are kept for the test.
        builder.Services.AddSingleton<AskedMessages>();
        builder.Services.TryAddScoped<INotifications>(provider => provider.GetRequiredService<AskedMessages>());
        var started = builder.Build();
        started.UseLendingPlatform();
        await started.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await started.StartAsync();
        return new ModuleHost(started, module, clock);
    }

    /// <summary>
    /// A client that sends an access token of a made-up user, as the Identity module would issue it: with what the module under test grants to the
    /// user's role.
    /// </summary>
    public HttpClient ClientFor(AccessTokenSubject subject)
    {
        var role = Enum.Parse<Role>(subject.Role, ignoreCase: true);
        var granted = Services.GetServices<PermissionGrant>().Where(grant => grant.Roles.Contains(role)).Select(grant => grant.Permission);
        return new HttpClient { BaseAddress = Client.BaseAddress }.WithToken(
            AccessTokens.Create(
                Services.GetRequiredService<IOptions<AccessTokenOptions>>().Value,
                Clock,
                subject with
                {
                    Permissions = [.. subject.Permissions.Union(granted)],
                }
            )
        );
    }

    /// <summary>Makes this organisation a sandbox, and advances its clock, as the Identity module does it.</summary>
    public async Task AdvanceSandboxAsync(Guid organizationId, TimeSpan time)
    {
        Services.GetRequiredService<MadeUpSandboxes>().Advance(organizationId, time);
        await Services.GetRequiredService<SandboxClocks>().ReadAllAsync(CancellationToken.None);
    }

    /// <summary>A client that sends a key of this sandbox, with all that the module under test grants to such keys.</summary>
    public HttpClient SandboxClientFor(Guid organizationId)
    {
        var granted = Services.GetServices<PermissionGrant>().Where(grant => grant.Keys != KeyGrant.None).Select(grant => grant.Permission);
        var client = new HttpClient { BaseAddress = Client.BaseAddress };
        client.DefaultRequestHeaders.Add("X-Api-Key", Services.GetRequiredService<MadeUpSandboxes>().NewKey(organizationId, granted));
        return client;
    }

    /// <summary>Work behind the API, as another module of the same process does it, for a caller who sees the whole organisation.</summary>
    public async Task<T> InModuleAsync<T>(Guid organizationId, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, new UserReference(Unique.Id(), "test"));
        return await work(scope.ServiceProvider);
    }

    /// <summary>Delivers the events that are due, as the host's background service does; two calls at once are as two instances.</summary>
    public Task DeliverEventsAsync(CancellationToken ct = default) => Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(ct);

    /// <summary>How long the host waits for a handler before it delivers other events beside it.</summary>
    public void WaitForHandlers(TimeSpan longest) => Services.GetRequiredService<OutboxDispatcher>().Patience = longest;

    /// <summary>Lets the host deliver no more events by itself, as one that is busy or has no handler.</summary>
    public Task StopDeliveringAsync() => Services.GetRequiredService<OutboxDispatcher>().StopAsync(CancellationToken.None);

    /// <summary>Deletes the events that were delivered long ago, as the host's background service does.</summary>
    public Task DeleteOldEventsAsync() => Services.GetRequiredService<OutboxDispatcher>().DeleteOldAsync(CancellationToken.None);

    /// <summary>Deletes the answers that are kept no longer, as the host's background service does.</summary>
    public Task DeleteOldAnswersAsync() => Services.GetRequiredService<OldAnswers>().DeleteAsync(CancellationToken.None);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Database.DisposeAsync();
        await app.DisposeAsync();
    }

    private sealed class NothingRevoked : IAccessRevocations
    {
        public ValueTask<bool> IsRevokedAsync(Guid userId, int accessVersion, Guid sessionId, CancellationToken ct) =>
            ValueTask.FromResult(false);
    }

    private sealed class OpenGates : IOrganizationGates
    {
        public ValueTask<Error?> CheckAsync(CallerIdentity caller, IPAddress? address, CancellationToken ct) => default;
    }
}
