using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Faults.Tests;

/// <summary>A release: the schema changes while the previous version serves, and both serve until the previous one is told to stop.</summary>
public sealed class PreviousVersionTests(MortalPostgres database, ITestOutputHelper output) : IClassFixture<MortalPostgres>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lending-previous-").FullName;
    private readonly string connectionString = database.ConnectionString.Replace(
        "Database=lending",
        "Database=lending_previous",
        StringComparison.Ordinal
    );

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_previous_version_reads_and_writes_in_the_new_schema_and_the_new_one_waits_for_it()
    {
        var began = Stopwatch.GetTimestamp();
        output.WriteLine((await BuildAsync()).Trim().Split('\n')[^1]);
        output.WriteLine($"Built in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s.");
        var previous = Path.Combine(folder, "host");
        await MigrateAsync(previous);
        await using var old = await RunningHost.StartFromAsync(previous, connectionString);
        var empty = await ArchivingPostgres.ChecksumsAsync(connectionString);
        var before = await WriteAsync(old.Administrator);
        var filled = await ArchivingPostgres.ChecksumsAsync(connectionString);
        SchemasOf(filled.Except(empty)).ShouldBe(SchemasOf(filled), ignoreOrder: true, "each module has written something");

        await using var early = LendingProcess.Start([], LendingProcess.Production(connectionString));
        using (var client = await early.NewClientAsync())
        {
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await ready.Content.ReadAsStringAsync()).ShouldContain("Pending migrations");
        }
        await MigrateAsync(AppContext.BaseDirectory);

        using (var ready = await old.Administrator.GetAsync(new Uri("/health/ready", UriKind.Relative)))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.OK, await ready.Content.ReadAsStringAsync());
        }
        var after = await WriteAsync(old.Administrator);
        (await ReadListsAsync(old.Administrator)).ShouldBeGreaterThan(10);
        await using var current = await RunningHost.StartAsync(connectionString);
        var newest = await WriteAsync(current.Administrator);
        foreach (var path in (string[])[.. before, .. after, .. newest])
        {
            await old.Administrator.GetAsync(path, HttpStatusCode.OK);
            await current.Administrator.GetAsync(path, HttpStatusCode.OK);
        }
    }

    /// <summary>The schemas of modules that have these tables.</summary>
    private static List<string> SchemasOf(IEnumerable<KeyValuePair<string, string>> tables) =>
        [
            .. tables
                .Select(table => table.Key.Split('.')[0])
                .Distinct(StringComparer.Ordinal)
                .Where(schema => schema is not ("platform" or "encryption")),
        ];

    /// <summary>Writes with every module, and answers where what was written can be read.</summary>
    private static async Task<List<string>> WriteAsync(HttpClient client)
    {
        var customer = await WriteOfferAsync(client);
        List<string> written = [$"/customers/{customer}"];
        (string Path, object Body)[] created =
        [
            ("/api-keys", new { name = "Key", scopes = (string[])["customers:read"] }),
            ("/applications", new { customerId = customer }),
            // It also asks for a mail.
            ("/document-requests", new { customerId = customer, kind = "PAYSLIP" }),
            ("/webhooks", new { url = "https://erp.example.org/", eventTypes = (string[])["offer.accepted"] }),
        ];
        foreach (var (path, body) in created)
        {
            written.Add($"{path}/{(await client.PostAsync(path, body, HttpStatusCode.Created)).Id}");
        }
        var application = written.Single(path => path.StartsWith("/applications/", StringComparison.Ordinal));
        await client.ExpectAsync("PATCH", application, new { housing = new { amount = 500 } }, HttpStatusCode.OK);
        (string Path, object Body)[] set =
        [
            ("/disclosure-settings", SampleBodies.DisclosureSettings()),
            ("/ledger-exports/settings", new { consultantNumber = 1001, clientNumber = 1 }),
            ("/sepa-creditor", Creditor),
        ];
        foreach (var (path, body) in set)
        {
            await client.ExpectAsync("PUT", path, body, HttpStatusCode.OK);
            written.Add(path);
        }
        return written;
    }

    private static object Creditor { get; } = new
    {
        name = "Sonnenkredit GmbH",
        identifier = "DE98ZZZ09999999999",
        iban = "DE87200500001234567890",
        street = "Hauptstraße",
        buildingNumber = "1",
        postCode = "10115",
        town = "Berlin",
        country = "DE",
    };

    /// <summary>A customer and an offer, made and changed; answers the customer.</summary>
    private static async Task<Guid> WriteOfferAsync(HttpClient client)
    {
        var customer = (await client.PostAsync("/customers", WriteLoad.NewCustomer(), HttpStatusCode.Created)).Id;
        await client.ExpectAsync("PATCH", $"/customers/{customer}", new { city = "Potsdam" }, HttpStatusCode.OK);
        var offer = new
        {
            customerId = customer,
            loanAmount = 18000,
            annualRatePercent = 4.9,
            termMonths = 120,
        };
        var id = (await client.PostAsync("/loan-offers", offer, HttpStatusCode.Created)).Id;
        await client.ExpectAsync("PATCH", $"/loan-offers/{id}", new { termMonths = 96 }, HttpStatusCode.OK);
        (await client.GetAsync($"/loan-offers/{id}", HttpStatusCode.OK))["termMonths"].ShouldBe("96");
        return customer;
    }

    /// <summary>
    /// Everything that the previous version's document says can be read without knowing an id; answers how much of that was there. Settings that nobody has made
    /// are not found, and some want to be told a period.
    /// </summary>
    private async Task<int> ReadListsAsync(HttpClient client)
    {
        var document = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "source", "docs", "openapi", "v1.json")));
        var paths = document
            .GetProperty("paths")
            .EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _) && !path.Name.Contains('{', StringComparison.Ordinal))
            .Select(path => path.Name.Replace("/api/v1", "", StringComparison.Ordinal))
            .ToList();
        var found = 0;
        foreach (var path in paths)
        {
            var answer = await client.SendAsync("GET", path);
            ((int)answer.Status).ShouldBeLessThan(500, $"{path}: {answer.Text}");
            found += answer.Status == HttpStatusCode.OK ? 1 : 0;
        }
        return found;
    }

    private async Task MigrateAsync(string version)
    {
        await using var migrate = LendingProcess.StartFrom(version, ["migrate"], LendingProcess.Production(connectionString));
        (await migrate.WaitForExitAsync()).ShouldBe(0, migrate.Output);
    }

    private async Task<string> BuildAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Lending.sln")))
        {
            root = root.Parent;
        }
        var log = Path.Combine(folder, "log");
        // Into a file: the servers that a build leaves running would keep a pipe.
        using var build = Process.Start(
            "bash",
            ["-c", "exec \"$0\" \"$1\" > \"$2\" 2>&1", Path.Combine(root.FullName, "tools", "build-previous"), folder, log]
        );
        await build.WaitForExitAsync();
        var said = await File.ReadAllTextAsync(log);
        build.ExitCode.ShouldBe(0, said);
        return said;
    }
}
