using System.Diagnostics;
using System.Globalization;
using Lending.Customers.Contracts;
using Lending.EmbeddedPostgres;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Lending.Testing;
using Npgsql;

namespace Lending.Bench.Load;

/// <summary>One PostgreSQL with a seeded database, and the published programs that are measured on it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private const string DatabaseName = "bench";
    private const string HostAssembly = "host/Lending.Host.dll";

    // What PostgreSQL takes by itself.
    private const int PostgresOwnSharedBuffersMegabytes = 128;

    private static readonly string SigningKey = AccessTokenOptions.NewSigningKey();

    private readonly PostgresServer postgres;

    private Bench(PostgresServer server, NpgsqlDataSource database)
    {
        postgres = server;
        Database = database;
    }

    public NpgsqlDataSource Database { get; }

    /// <summary>The organisation that has all rows.</summary>
    public Guid LargeOrganization { get; private set; }

    /// <summary>An installer of it, for a day.</summary>
    public string Token { get; private set; } = "";

    public int Offers { get; private init; }

    public static string Repository { get; } = FindRepository();

    public static string Artifacts { get; } = Path.Combine(Repository, "artifacts", "bench");

    public static async Task<Bench> OpenAsync(
        string? data,
        int customers,
        int offers,
        bool publish,
        CancellationToken ct,
        int sharedBuffersMegabytes = PostgresOwnSharedBuffersMegabytes
    )
    {
        if (publish)
        {
            await PublishHostAsync(ct);
            await PublishAsync("bench/Limit/Lending.Bench.Limit.csproj", "limit", ct);
        }
        var server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                DataDirectory = data,
                MaxConnections = 400,
                SharedBuffersMegabytes = sharedBuffersMegabytes,
            },
            ct
        );
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = DatabaseName, CommandTimeout = 0 };
        var bench = new Bench(server, NpgsqlDataSource.Create(connection)) { Offers = offers };
        try
        {
            await bench.FillAsync(customers, offers, ct);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    public static Task PublishHostAsync(CancellationToken ct) => PublishAsync("src/Host/Lending.Host.csproj", "host", ct);

    /// <summary>Starts the published host, in Production, as a deployment does; the name is that of its log. Settings are <c>NAME=VALUE</c>; what is none is the folder of another version that was published.</summary>
    public Task<Server> StartHostAsync(string name, CancellationToken ct, params IReadOnlyList<string> otherSettings)
    {
        var settings = SettingsOn(postgres);
        var folder = otherSettings.SingleOrDefault(setting => !setting.Contains('=', StringComparison.Ordinal));
        foreach (var setting in otherSettings.Where(setting => setting != folder))
        {
            settings[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1];
        }
        return Server.StartAsync(
            name,
            folder is null ? HostAssembly : Path.GetFullPath(Path.GetFileName(HostAssembly), Path.GetFullPath(folder)),
            [],
            settings,
            postgres,
            ct
        );
    }

    /// <summary>Runs a verb of the published host to its end, and answers what it printed.</summary>
    public static Task<string> RunHostAsync(
        string name,
        string[] arguments,
        PostgresServer postgres,
        CancellationToken ct,
        Action<int>? watch = null
    ) => Server.RunToEndAsync(name, HostAssembly, arguments, SettingsOn(postgres), ct, watch);

    public Task<Server> StartLimitAsync(CancellationToken ct) =>
        Server.StartAsync("limit", "limit/Lending.Bench.Limit.dll", [], SettingsOn(postgres), postgres, ct);

    public async Task<List<T>> ReadAsync<T>(string sql, CancellationToken ct)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(await reader.GetFieldValueAsync<T>(0, ct));
        }
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await using (postgres)
        {
            await Database.DisposeAsync();
        }
    }

    private async Task FillAsync(int customers, int offers, CancellationToken ct)
    {
        // The host's own verb makes the database and its schema; on a kept one it changes nothing.
        await RunHostAsync("host", ["migrate"], postgres, ct);
        if ((await ReadAsync<bool>("SELECT EXISTS (SELECT FROM loans.offers)", ct)) is [false])
        {
            var start = Stopwatch.GetTimestamp();
            await SeedAsync(customers, offers, ct);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Seeded {customers:N0} customers and {offers:N0} offers in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"
                )
            );
        }
        LargeOrganization = (
            await ReadAsync<Guid>("SELECT organization_id FROM loans.offers GROUP BY 1 ORDER BY count(*) DESC LIMIT 1", ct)
        ).Single();
        var options = new AccessTokenOptions { LifetimeMinutes = 1440, SigningKeys = { ["bench"] = SigningKey } };
        var installer = Persons.Installer(LargeOrganization);
        string[] permissions =
        [
            .. installer.Permissions,
            CustomersPermission.CustomersRead,
            CustomersPermission.CustomersWrite,
            LoansPermission.OffersRead,
            LoansPermission.OffersWrite,
            LoansPermission.OffersDecide,
        ];
        Token = AccessTokens.Create(options, TimeProvider.System, installer with { Permissions = permissions });
    }

    // Until today: what is approved is valid then, and the job that looks for deadlines has nothing to do while others are measured.
    private async Task SeedAsync(int customers, int offers, CancellationToken ct)
    {
        var command = FormattableString.Invariant(
            $"seed --force --organizations 1 --installers 20 --customers {customers} --offers {offers} --until {TimeProvider.System.GetUtcNow():yyyy-MM-dd}"
        );
        await RunHostAsync("host", command.Split(' '), postgres, ct);
        // As a database is some minutes later, and nothing of it is left to be done while others are measured.
        foreach (var statement in (string[])["VACUUM ANALYZE", "CHECKPOINT"])
        {
            await using var upkeep = Database.CreateCommand(statement);
            await upkeep.ExecuteNonQueryAsync(ct);
        }
    }

    private static Dictionary<string, string> SettingsOn(PostgresServer postgres) =>
        new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__Lending"] = new NpgsqlConnectionStringBuilder(postgres.ConnectionString)
            {
                Database = DatabaseName,
                Username = "lending_app",
            }.ConnectionString,
            ["ConnectionStrings__LendingOwner"] = $"{postgres.ConnectionString};Database={DatabaseName}",
            ["Jwt__SigningKeys__bench"] = SigningKey,
            ["Encryption__Keys__bench"] = TestKeys.First,
            ["Encryption__SearchKey"] = TestKeys.Search,
            ["PublicUrl"] = "http://localhost",
            ["Mail__Host"] = "localhost",
            // One user sends everything. Requests are counted as always, and the budgets are never used up.
            ["RateLimits__CallerPerMinute"] = "10000000",
            ["RateLimits__OrganizationPerMinute"] = "10000000",
            ["RateLimits__AddressPerMinute"] = "10000000",
            ["RateLimits__QuotesPerMinute"] = "10000000",
            ["RateLimits__AuthenticationPerMinute"] = "10000000",
            ["Bootstrap__AdminUserName"] = "chief",
            ["Bootstrap__AdminEmail"] = "chief@example.org",
            ["Bootstrap__AdminPassword"] = $"{Unique.Text()}-Aa1!",
        };

    private static async Task PublishAsync(string project, string name, CancellationToken ct)
    {
        Console.WriteLine($"Publishing {project}");
        using var publish = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                ["publish", project, "-c", "Release", "-v", "q", "--nologo", "-o", Path.Combine(Artifacts, name)]
            )
            {
                WorkingDirectory = Repository,
            }
        )!;
        await publish.WaitForExitAsync(ct);
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} cannot be published.");
        }
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lending.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Run it from a checkout.");
        }
        return folder.FullName;
    }
}
