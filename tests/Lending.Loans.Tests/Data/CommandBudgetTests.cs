using System.Text.Json.Nodes;
using Lending.Loans.Tests.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>How often each slice asks the database: reads and lists once, creates at most three times.</summary>
public sealed class CommandBudgetTests : IAsyncLifetime
{
    // A host of its own, as other tests' commands must not be counted.
    private readonly LoansFixture fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task Slices_ask_the_database_no_more_often_than_they_must()
    {
        var office = new Office(fixture);
        var (installer, administrator) = (office.Installer, office.Administrator);
        var offer = $"/loan-offers/{(await office.OfferAsync()).Id}";
        var toDelete = $"/loan-offers/{(await office.OfferAsync()).Id}";
        var toReject = $"/loan-offers/{(await office.OfferAsync()).Id}";
        var approved = $"/loan-offers/{(await office.OfferAsync("APPROVED")).Id}";
        var product = $"{Catalogue.Path}/{(await office.ProductAsync()).Id}";
        var unusedProduct = $"{Catalogue.Path}/{(await office.ProductAsync()).Id}";

        await fixture.Host.ShouldBeKeptAsync(
            new Dictionary<string, CommandBudget>
            {
                ["GetOffer"] = new(1, () => installer.SendAsync("GET", offer)),
                ["ListOffers"] = new(1, () => installer.SendAsync("GET", "/loan-offers")),
                ["GetSchedule"] = new(1, () => installer.SendAsync("GET", $"{offer}/schedule")),
                ["GetHistory"] = new(1, () => installer.SendAsync("GET", $"{offer}/history")),
                ["QuoteOffer"] = new(0, () => installer.SendAsync("POST", "/loan-offers/quote", Quote())),
                // Offer and history are written together; holding the customer, here a fake, is one more.
                ["CreateOffer"] = new(1, () => installer.SendAsync("POST", "/loan-offers", office.Terms())),
                ["UpdateOffer"] = new(2, () => installer.SendAsync("PUT", offer, office.Terms(loanAmount: 11_000))),
                ["PatchOffer"] = new(2, () => installer.SendAsync("PATCH", offer, new JsonObject { ["termMonths"] = 11 })),
                ["ApproveOffer"] = new(2, () => installer.SendAsync("POST", $"{offer}/approve", new JsonObject())),
                ["RejectOffer"] = new(2, () => installer.SendAsync("POST", $"{toReject}/reject", Offers.Steps.Body)),
                ["DisburseOffer"] = new(2, () => installer.SendAsync("POST", $"{approved}/disburse", Offers.Steps.Body)),
                ["DeleteOffer"] = new(2, () => installer.SendAsync("DELETE", toDelete)),
                ["GetProduct"] = new(1, () => installer.SendAsync("GET", product)),
                ["ListProducts"] = new(1, () => installer.SendAsync("GET", Catalogue.Path)),
                ["GetProductVersion"] = new(1, () => installer.SendAsync("GET", $"{product}/versions/1")),
                ["ListProductVersions"] = new(1, () => installer.SendAsync("GET", $"{product}/versions")),
                ["CreateProduct"] = new(1, () => administrator.SendAsync("POST", Catalogue.Path, Catalogue.Solar())),
                ["PatchProduct"] = new(2, () => administrator.SendAsync("PATCH", product, new JsonObject { ["validityDays"] = 15 })),
                ["DeleteProduct"] = new(2, () => administrator.SendAsync("DELETE", unusedProduct)),
            }
        );
    }

    private static JsonObject Quote() =>
        new()
        {
            ["loanAmount"] = 10_000,
            ["annualRatePercent"] = 8,
            ["termMonths"] = 10,
        };
}
