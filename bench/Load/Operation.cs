using System.Globalization;
using System.Text.Json;
using Lending.Platform.Http;

namespace Lending.Bench.Load;

/// <summary>A request of the load, and which answer is one to it; an empty body is none.</summary>
internal sealed record Request(string Method, string Path, string Body, Predicate<JsonElement> IsAnsweredBy)
{
    public static Request Row(string path) =>
        new("GET", path, "", answer => path.EndsWith($"/{answer.GetProperty("id").GetString()}", StringComparison.Ordinal));

    public static Request Page(string path, Predicate<List<JsonElement>> isPage) =>
        new("GET", path, "", answer => isPage([.. answer.GetProperty("items").EnumerateArray()]));

    /// <summary>What was sent comes back, and more with it.</summary>
    public static Request Post(string path, string body) =>
        new(
            "POST",
            path,
            body,
            answer =>
            {
                using var sent = JsonDocument.Parse(body);
                return sent
                    .RootElement.EnumerateObject()
                    .All(member => JsonElement.DeepEquals(answer.GetProperty(member.Name), member.Value));
            }
        );

    public override string ToString() => $"{Method} {Path} {Body}";
}

/// <summary>A hot operation: its requests, and what part of the limit app's throughput it is meant to reach.</summary>
internal sealed record Operation(string Name, double Goal, int? Connections, IReadOnlyList<Request> Requests)
{
    private const int Variety = 20_000;
    private const int MixConnections = 1000;
    private const int PageSize = 100;

    public static IReadOnlyList<string> Names { get; } =
    ["offer", "customer", "create", "list", "list-deep", "list-filtered", "search", "quote", "mix"];

    public static async Task<Operation> MakeAsync(string name, Bench bench, CancellationToken ct) =>
        name switch
        {
            "offer" => new(name, 0.8, null, await OffersAsync(bench, ct)),
            "customer" => new(name, 0.8, null, await CustomersAsync(bench, ct)),
            "create" => new(name, 0.75, null, await CreatesAsync(bench, ct)),
            "list" => new(name, 0.85, null, [FirstPage()]),
            "list-deep" => new(name, 0.85, null, await DeepPagesAsync(bench, ct)),
            "list-filtered" => new(name, 0.75, null, await FilteredAsync(bench, ct)),
            "search" => new(name, 0.8, null, await SearchesAsync(bench, ct)),
            "quote" => new(name, 0.6, null, Quotes()),
            "mix" => new(name, 0, MixConnections, await MixAsync(bench, ct)),
            _ => throw new ArgumentException($"There is no operation '{name}'.", nameof(name)),
        };

    private static async Task<List<Request>> OffersAsync(Bench bench, CancellationToken ct) =>
        [.. (await SampleAsync(bench, "loans.offers", "id", ct)).Select(id => Request.Row($"/api/v1/loan-offers/{id}"))];

    private static async Task<List<Request>> CustomersAsync(Bench bench, CancellationToken ct) =>
        [.. (await SampleAsync(bench, "customers.customers", "id", ct)).Select(id => Request.Row($"/api/v1/customers/{id}"))];

    private static async Task<List<Request>> CreatesAsync(Bench bench, CancellationToken ct) =>
        [
            .. (await SampleAsync(bench, "customers.customers", "id", ct)).Select(
                (id, i) =>
                    Request.Post(
                        "/api/v1/loan-offers",
                        $$"""{"customerId":"{{id}}","loanAmount":{{5000 + i}}.00,"annualRatePercent":{{Rate(i)}},"termMonths":{{24 + i % 160}}}"""
                    )
            ),
        ];

    private static Request FirstPage() => Request.Page("/api/v1/loan-offers", items => items.Count == PageSize);

    private static async Task<List<Request>> DeepPagesAsync(Bench bench, CancellationToken ct)
    {
        await using var command = bench.Database.CreateCommand(
            $"""
            SELECT created_at, id FROM loans.offers WHERE organization_id = '{bench.LargeOrganization}'
            ORDER BY created_at DESC, id DESC OFFSET {bench.Offers / 2} LIMIT 1000
            """
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        var requests = new List<Request>();
        while (await reader.ReadAsync(ct))
        {
            var cursor = Cursor.At(await reader.GetFieldValueAsync<DateTimeOffset>(0, ct), reader.GetGuid(1));
            requests.Add(Request.Page($"/api/v1/loan-offers?cursor={cursor}", items => items.Count == PageSize));
        }
        return requests;
    }

    private static async Task<List<Request>> FilteredAsync(Bench bench, CancellationToken ct) =>
        [
            .. (await SampleAsync(bench, "loans.offers", "customer_id", ct)).Select(
                (id, i) => Filtered(i % 2 == 0 ? "DISBURSED" : "DECLINED", id)
            ),
        ];

    // Not everybody has an offer in that state.
    private static Request Filtered(string status, Guid customer) =>
        Request.Page(
            $"/api/v1/loan-offers?status={status}&customerId={customer}",
            items =>
                items.TrueForAll(offer =>
                    offer.GetProperty("status").GetString() == status && offer.GetProperty("customerId").GetGuid() == customer
                )
        );

    private static async Task<List<Request>> SearchesAsync(Bench bench, CancellationToken ct)
    {
        await using var command = bench.Database.CreateCommand(
            $"""
            SELECT first_name || ' ' || last_name FROM customers.customers WHERE organization_id = '{bench.LargeOrganization}'
            ORDER BY md5(id::text) LIMIT 2000
            """
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        var requests = new List<Request>();
        while (await reader.ReadAsync(ct))
        {
            requests.Add(Request.Page($"/api/v1/customers?search={Uri.EscapeDataString(reader.GetString(0))}", items => items.Count > 0));
        }
        return requests;
    }

    private static List<Request> Quotes() =>
        [
            .. Enumerable
                .Range(0, Variety)
                .Select(i =>
                    Request.Post(
                        "/api/v1/loan-offers/quote",
                        $$"""{"loanAmount":{{5000 + i}}.00,"annualRatePercent":{{Rate(i)}},"termMonths":{{24 + i % 160}}}"""
                    )
                ),
        ];

    private static async Task<List<Request>> MixAsync(Bench bench, CancellationToken ct)
    {
        var reads = await OffersAsync(bench, ct);
        var creates = await CreatesAsync(bench, ct);
        return
        [
            .. Enumerable
                .Range(0, Math.Min(reads.Count, creates.Count))
                .Select(i =>
                    (i % 20) switch
                    {
                        0 => creates[i],
                        1 or 2 or 3 => FirstPage(),
                        _ => reads[i],
                    }
                ),
        ];
    }

    private static string Rate(int i) => (2.5m + i % 60 / 10m).ToString(CultureInfo.InvariantCulture);

    private static Task<List<Guid>> SampleAsync(Bench bench, string table, string column, CancellationToken ct) =>
        bench.ReadAsync<Guid>(
            $"SELECT {column} FROM {table} WHERE organization_id = '{bench.LargeOrganization}' ORDER BY md5(id::text) LIMIT {Variety}",
            ct
        );
}
