using Lending.Applications;
using Lending.Audit;
using Lending.Customers;
using Lending.Customers.Seeding;
using Lending.Disclosures;
using Lending.Documents;
using Lending.EmbeddedPostgres;
using Lending.Host.Documentation;
using Lending.Host.Health;
using Lending.Host.Logging;
using Lending.Host.Stopping;
using Lending.Host.Telemetry;
using Lending.Identity;
using Lending.Identity.Seeding;
using Lending.Loans;
using Lending.Loans.Seeding;
using Lending.Notifications;
using Lending.Payments;
using Lending.Payments.Seeding;
using Lending.Platform;
using Lending.Platform.Modules;
using Lending.Platform.Persistence;
using Lending.Portal;
using Lending.Seeding;
using Lending.Servicing;
using Lending.Servicing.Seeding;
using Lending.Webhooks;
using Npgsql;

namespace Lending.Host;

/// <summary>The whole product, put together: modules, platform, documentation, health and logs.</summary>
internal sealed class LendingHost : IAsyncDisposable
{
    private readonly PostgresServer? server;

    private LendingHost(WebApplication app, PostgresServer? server)
    {
        App = app;
        this.server = server;
    }

    /// <summary>All modules, in the order in which they are migrated.</summary>
    public static IReadOnlyList<IModule> Modules { get; } =
    [
        new NotificationsModule(),
        new IdentityModule(),
        new CustomersModule(),
        new LoansModule(),
        new ServicingModule(),
        new PaymentsModule(),
        new DocumentsModule(),
        new ApplicationsModule(),
        new DisclosuresModule(),
        new PortalModule(),
        new AuditModule(),
        new WebhooksModule(),
    ];

    /// <summary>Makes fake data in all modules. Lending.Seeding is not loaded until somebody asks for it.</summary>
    public Seeder Seeder => new(App.Services, SeedersOf);

    /// <summary>The seeders of all modules on a scope's services, in the modules' order.</summary>
    public static IReadOnlyList<IModuleSeeder> SeedersOf(IServiceProvider services) =>
        [
            new IdentitySeeder(services),
            new CustomersSeeder(services),
            new LoansSeeder(services),
            new ServicingSeeder(services),
            new PaymentsSeeder(services),
        ];

    /// <summary>The web application, built and not started.</summary>
    public WebApplication App { get; }

    /// <summary>Whether the database is the PostgreSQL that this host started, and nobody else's.</summary>
    public bool OwnsDatabase => server is not null;

    /// <summary>Builds the host; where no connection string is set, in Development, it starts a PostgreSQL of its own.</summary>
    public static async Task<LendingHost> BuildAsync(
        string[] args,
        Action<WebApplicationBuilder>? configure = null,
        CancellationToken ct = default
    )
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                // appsettings.json stands beside the program, wherever it was started from.
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = EnvironmentName,
            }
        );
        configure?.Invoke(builder);
        ListenSomewhere(builder);
        builder.Configuration["Mail:Folder"] ??= DataFolder("mails");
        builder.Configuration["Documents:Folder"] ??= DataFolder("documents");
        builder.AddKeyFile(DataFolder("keys.json"));
        var ownServer = await UseDatabaseAsync(builder, ct);
        try
        {
            return new LendingHost(Compose(builder), ownServer);
        }
        catch when (ownServer is not null)
        {
            await ownServer.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Compose(WebApplicationBuilder builder)
    {
        builder.AddLendingLogging();
        builder.AddLendingTelemetry();
        builder.AddLendingPlatform(Modules);
        builder.Services.AddLendingHealth();
        builder.AddOrderlyStop();
        builder.AddConfiguredCors();
        builder.AddConfiguredProxies();
        builder.AddHttpsOnly();

        var app = builder.Build();
        app.UseOrderlyStop();
        app.UseConfiguredProxies();
        app.UseSecurityHeaders();
        app.UseRecentRefusals();
        app.UseRequestLog();
        app.UseHttpsOnly();
        app.UseConfiguredCors();
        app.UseLendingPlatform();
        app.MapLendingHealth();
        app.MapLendingDocumentation();
        return app;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    // Debug builds run on developers' machines, so their default is Development. Any other build is in Production unless it is told otherwise.
    private static string? EnvironmentName =>
#if DEBUG
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null ? Environments.Development : null;
#else
        null;
#endif

    // The default address stands here and not in appsettings.json, because there it would win over ASPNETCORE_URLS.
    private static void ListenSomewhere(WebApplicationBuilder builder)
    {
        string[] ways = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (ways.All(way => builder.Configuration[way] is null))
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }
    }

    private static async Task<PostgresServer?> UseDatabaseAsync(WebApplicationBuilder builder, CancellationToken ct)
    {
        const string key = $"ConnectionStrings:{LendingPlatform.ConnectionStringName}";
        const string ownerKey = $"ConnectionStrings:{OwnerDatabase.ConnectionStringName}";
        if (builder.Configuration[key] is { Length: > 0 } configured)
        {
            builder.Configuration[key] = Checked(key, configured);
            // An empty value is no value, as it is for the API's.
            var owner = builder.Configuration[ownerKey] is { Length: > 0 } given ? given : configured;
            builder.Configuration[ownerKey] = Checked(ownerKey, owner);
            return null;
        }
        if (!builder.Environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                $"ConnectionStrings__{LendingPlatform.ConnectionStringName} is not set. Outside Development it names the PostgreSQL database, for "
                    + "example Host=db;Database=lending;Username=lending;Password=…"
            );
        }
        var started = await PostgresServer.StartAsync(
            new PostgresServerOptions { DataDirectory = builder.Configuration["EmbeddedPostgres:DataDirectory"] ?? DataFolder("postgres") },
            ct
        );
        var own = new NpgsqlConnectionStringBuilder(Checked(ownerKey, started.ConnectionString + ";Database=lending"));
        builder.Configuration[ownerKey] = own.ConnectionString;
        own.Username = "lending_app";
        builder.Configuration[key] = own.ConnectionString;
        return started;
    }

    private static string Checked(string key, string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "lending" }.ConnectionString;
        }
        catch (ArgumentException exception)
        {
            // Only our own message is printed, because the exception's could quote the password.
            throw new InvalidOperationException(
                $"{key.Replace(":", "__", StringComparison.Ordinal)} is not a connection string. Allowed: Host=…;Port=…;Database=…;Username=…;Password=…",
                exception
            );
        }
    }

    /// <summary>A git-ignored folder of the checkout; of the working directory where there is no checkout.</summary>
    private static string DataFolder(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lending.sln")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder?.FullName ?? Directory.GetCurrentDirectory(), ".data", name);
    }
}
