using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Loans.Tests.Offers;
using Lending.Loans.Tests.Products;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Loans.Tests.Data;

/// <summary>How often each slice asks the database, so that nobody makes it chatty by accident.</summary>
public sealed class CommandCountTests : IAsyncLifetime
{
    // A host of its own, as other tests' commands must not be counted.
    private readonly LoansFixture fixture = new();
    private readonly ConcurrentQueue<string> commands = new();
    private ActivityListener? listener;

    public async ValueTask InitializeAsync()
    {
        await fixture.InitializeAsync();
        var database = new NpgsqlConnectionStringBuilder(
            fixture.Host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString
        ).Database;
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.namespace") as string == database && activity.GetTagItem("db.query.text") is string text)
                {
                    commands.Enqueue(text);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public ValueTask DisposeAsync()
    {
        listener?.Dispose();
        return fixture.DisposeAsync();
    }

    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        var office = new Office(fixture);
        var offer = await office.OfferAsync();
        var path = $"/loan-offers/{offer.Id}";

        await ShouldTakeAsync(1, office, "GET", path);
        await ShouldTakeAsync(1, office, "GET", "/loan-offers");
        await ShouldTakeAsync(2, office, "GET", "/loan-offers?includeTotal=true");
        await ShouldTakeAsync(1, office, "GET", $"{path}/schedule");
        await ShouldTakeAsync(1, office, "GET", $"{path}/history");
        // Offer and history are written together; holding the customer would be one more.
        await ShouldTakeAsync(1, office, "POST", "/loan-offers", office.Terms());
        // The lock is one; what changes nothing writes nothing.
        await ShouldTakeAsync(2, office, "PATCH", path, []);
        await ShouldTakeAsync(3, office, "PUT", path, office.Terms(5_000));
        // Customers leave a mark.
        await ShouldTakeAsync(2, office.CustomerClient, "GET", path);
        await ShouldTakeAsync(2, office.CustomerClient, "GET", "/loan-offers");
        await ShouldTakeAsync(2, office.CustomerClient, "GET", $"{path}/schedule");
        // The version that was seen goes with the change.
        await ShouldTakeAsync(3, office, "PATCH", path, new JsonObject { ["termMonths"] = 20 });
        await ShouldTakeAsync(2, office, "POST", $"{path}/approve", []);
        await ShouldTakeAsync(3, office, "POST", $"{path}/link");
        var approved = await office.Installer.GetAsync(path, HttpStatusCode.OK);
        var acceptance = JsonSerializer.SerializeToNode(Steps.Acceptance(approved))!.AsObject();
        await ShouldTakeAsync(2, office.CustomerClient, "POST", $"{path}/accept", acceptance);
        await ShouldTakeAsync(1, office, "GET", $"{path}/acceptance");
        await ShouldTakeAsync(2, office, "POST", $"{path}/disburse", []);
        await ShouldTakeAsync(0, office, "POST", "/loan-offers/quote", Quote());

        var product = $"/loan-products/{(await office.ProductAsync()).Id}";
        await ShouldTakeAsync(1, office, "GET", product);
        await ShouldTakeAsync(1, office, "GET", "/loan-products");
        await ShouldTakeAsync(1, office, "GET", $"{product}/versions");
        await ShouldTakeAsync(1, office, "GET", $"{product}/versions/1");
        await ShouldTakeAsync(1, office, "POST", "/loan-products", Catalogue.Solar());
        var other = await office.ProductAsync();
        await ShouldTakeAsync(1, office, "POST", "/loan-offers/quote", Quotes(Guid.Parse(product.Split('/')[^1]), other.Id));
        await ShouldTakeAsync(1, office, "PATCH", product, []);
        await ShouldTakeAsync(2, office, "PATCH", product, new JsonObject { ["amountTo"] = 40_000 });
    }

    private static JsonObject Quote() =>
        new()
        {
            ["loanAmount"] = 10_000,
            ["annualRatePercent"] = 8,
            ["termMonths"] = 10,
        };

    private static JsonObject Quotes(Guid product, Guid other) =>
        new()
        {
            ["productId"] = product,
            ["loanAmount"] = 10_000,
            ["termMonths"] = 24,
            ["alternatives"] = new JsonArray(
                new JsonObject { ["termMonths"] = 36 },
                new JsonObject { ["productId"] = other },
                new JsonObject { ["productId"] = other, ["termMonths"] = 36 }
            ),
        };

    private Task ShouldTakeAsync(int count, Office office, string method, string path, JsonObject? body = null) =>
        ShouldTakeAsync(
            count,
            path.StartsWith("/loan-products", StringComparison.Ordinal) ? office.Administrator : office.Installer,
            method,
            path,
            body
        );

    private async Task ShouldTakeAsync(int count, HttpClient client, string method, string path, JsonObject? body = null)
    {
        commands.Clear();
        var answer = await client.SendAsync(method, path, body);
        answer.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        commands.Count.ShouldBe(count, $"{method} {path}: {string.Join("; ", commands)}");
    }
}
