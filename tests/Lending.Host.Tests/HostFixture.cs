using Lending.Host.Tests;
using Lending.Host.Tests.Logging;
using Lending.Platform;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Seeding;
using Lending.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Serilog.Core;

[assembly: AssemblyFixture(typeof(HostFixture))]
[assembly: AssemblyFixture(typeof(SecretsInLogs))]

namespace Lending.Host.Tests;

/// <summary>The whole product in this process, on Kestrel and a database of its own.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    internal const string AdministratorUsername = "first-administrator";
    internal const string AdministratorPassword = "Gezeiten/Kraftwerk/91";

    // All migrations of all modules take longer than most tests: they run once, and each host begins with a copy.
    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    private readonly DirectoryInfo documents = Directory.CreateTempSubdirectory("lending-documents-");
    private LendingHost host = null!;

    /// <summary>How many connections to its database the host may have.</summary>
    public int MaximumPoolSize { get; init; } = 100;

    /// <summary>Settings beyond the defaults.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Another way to the database for requests, made from the direct one.</summary>
    public Func<string, string> Way { get; init; } = direct => direct;

    /// <summary>Services beyond the product's.</summary>
    public Action<IServiceCollection>? AddServices { get; init; }

    /// <summary>How the database's owner connects.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>What the host logs.</summary>
    internal WatchedLog Log { get; } = new();

    /// <summary>What access tokens are signed with.</summary>
    public string SigningKey { get; } = AccessTokenOptions.NewSigningKey();

    /// <summary>An anonymous client.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    /// <summary>The first administrator, in the default organisation.</summary>
    public HttpClient Administrator { get; private set; } = null!;

    public WebApplication App => host.App;

    public Seeder Seeder => host.Seeder;

    public async ValueTask InitializeAsync()
    {
        LogWatch.OfThisRun.Learn(SigningKey);
        ConnectionString = await TestDatabase.CreateAsync($"host_{Unique.Text()}", await Migrated.Value);
        host = await BuildAsync();
        await host.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await host.App.StartAsync();
        Anonymous = NewClient();
        Administrator = await LogInAsync(AdministratorUsername, AdministratorPassword);
    }

    public HttpClient NewClient() => new() { BaseAddress = new Uri(host.App.Urls.First()) };

    public async Task<HttpClient> LogInAsync(string username, string password)
    {
        var answer = await Anonymous.PostAsync("/auth/login", new { username, password }, System.Net.HttpStatusCode.OK);
        return NewClient().WithToken(answer["accessToken"]!);
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Administrator.Dispose();
        await host.DisposeAsync();
        documents.Delete(recursive: true);
    }

    private static async Task<string> MigrateAsync()
    {
        var name = $"migrated_{Unique.Text()}";
        var fixture = new HostFixture { ConnectionString = await TestDatabase.CreateAsync(name) };
        await using var built = await fixture.BuildAsync();
        await built.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        fixture.documents.Delete(recursive: true);
        return name;
    }

    private Task<LendingHost> BuildAsync() =>
        LendingHost.BuildAsync(
            ["--urls", "http://127.0.0.1:0", "--environment", "Development"],
            builder =>
            {
                builder.Configuration[$"ConnectionStrings:{LendingPlatform.ConnectionStringName}"] = Way(
                    new NpgsqlConnectionStringBuilder(TestDatabase.ApiOf(ConnectionString))
                    {
                        MaxPoolSize = MaximumPoolSize,
                    }.ConnectionString
                );
                builder.Configuration[$"ConnectionStrings:{OwnerDatabase.ConnectionStringName}"] = ConnectionString;
                // A busy machine is not a client that sends too slowly.
                builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = null);
                builder.Configuration["Jwt:SigningKeys:first"] = SigningKey;
                builder.Configuration["Encryption:Keys:first"] = TestKeys.First;
                builder.Configuration["Encryption:SearchKey"] = TestKeys.Search;
                builder.Configuration["Bootstrap:AdminUserName"] = AdministratorUsername;
                builder.Configuration["Bootstrap:AdminEmail"] = "administrator@example.org";
                builder.Configuration["Bootstrap:AdminPassword"] = AdministratorPassword;
                // Hashes are slow on purpose; Identity's own tests look at that.
                builder.Services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = 1000);
                builder.Services.AddSingleton<IBatchedLogEventSink>(Log);
                // Nobody reads the mails that tests cause.
                builder.Configuration["Mail:PollSeconds"] = "3600";
                builder.Configuration["Webhooks:PollSeconds"] = "3600";
                builder.Configuration["Audit:SealSeconds"] = "3600";
                // Files stay in quarantine, whether or not this machine has a virus scanner; and lie in a folder of this run.
                builder.Configuration["Documents:Clamd"] = "";
                builder.Configuration["Documents:Folder"] = documents.FullName;
                // Tests let requests wait for locks for as long as they need, on a busy machine.
                builder.Configuration["Database:LockTimeoutSeconds"] = "120";
                builder.Configuration["Database:StatementTimeoutSeconds"] = "120";
                builder.Services.AddSingleton<IStartupFilter, WritesAreAudited>();
                builder.Configuration.AddInMemoryCollection(Settings);
                AddServices?.Invoke(builder.Services);
            }
        );
}
