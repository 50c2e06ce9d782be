using System.Net;
using System.Text.Json.Nodes;
using Lending.Loans.Tests.Offers;
using Lending.Loans.Tests.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>
/// How often each slice asks the database: reads and lists once, creates at most three times. Customers and organisations are fakes here, which
/// ask nothing; holding a customer is one command more.
/// </summary>
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
        var (installer, customer, administrator, anybody) = (
            office.Installer,
            office.CustomerClient,
            office.Administrator,
            office.Anonymous
        );
        var offer = $"/loan-offers/{(await office.OfferAsync()).Id}";
        // Made to a customer who sees none, as what was seen stays.
        var toDelete = $"/loan-offers/{(await office.OfferAsync(office.Terms(customerId: office.AddCustomer().Id))).Id}";
        var toApprove = await office.OfferAsync();
        var toReject = await office.OfferAsync();
        var toCancel = $"/loan-offers/{(await office.OfferAsync()).Id}";
        var approved = await office.OfferAsync("APPROVED");
        var toDecline = $"/loan-offers/{(await office.OfferAsync("APPROVED")).Id}";
        var toWithdraw = $"/loan-offers/{(await office.OfferAsync("ACCEPTED")).Id}";
        var linked = await office.OfferAsync("APPROVED");
        var toUnlink = await office.OfferAsync("APPROVED");
        await installer.PostAsync($"/loan-offers/{toUnlink.Id}/link", null, HttpStatusCode.Accepted);
        var token = (await installer.PostAsync($"/loan-offers/{linked.Id}/link", null, HttpStatusCode.Accepted))["token"]!;
        var productId = (await office.ProductAsync()).Id;
        var product = $"{Catalogue.Path}/{productId}";
        var otherProduct = (await office.ProductAsync()).Id;

        await fixture.Host.ShouldKeepAsync(
            new("GetOffer", 1, () => installer.SendAsync("GET", offer)),
            new("ListOffers", 1, () => installer.SendAsync("GET", "/loan-offers")),
            new("ListOffers: with the total", 2, () => installer.SendAsync("GET", "/loan-offers?includeTotal=true")),
            new("GetSchedule", 1, () => installer.SendAsync("GET", $"{offer}/schedule")),
            new("GetDocument", 1, () => installer.SendAsync("GET", $"{offer}/document")),
            new("GetHistory", 1, () => installer.SendAsync("GET", $"/loan-offers/{approved.Id}/history")),
            new("GetVersion", 1, () => installer.SendAsync("GET", $"{offer}/versions/1")),
            new("QuoteOffer", 0, () => anybody.SendAsync("POST", "/loan-offers/quote", Quote())),
            new("QuoteOffer: with products", 1, () => installer.SendAsync("POST", "/loan-offers/quote", Quotes(productId, otherProduct))),
            // Offer, history and event are written together.
            new("CreateOffer", 2, () => installer.SendAsync("POST", "/loan-offers", office.Terms())),
            new("CreateOffer: with a product", 3, () => installer.SendAsync("POST", "/loan-offers", WithProduct(office, productId))),
            // Before the offer is read it is locked, so that nobody marks as seen what is being changed.
            new("PatchOffer: nothing", 2, () => installer.SendAsync("PATCH", offer, new JsonObject())),
            new("PatchOffer", 3, () => installer.SendAsync("PATCH", offer, new JsonObject { ["termMonths"] = 11 })),
            new("UpdateOffer", 3, () => installer.SendAsync("PUT", offer, office.Terms(loanAmount: 11_000))),
            // Customers leave a mark.
            new("GetOffer: by its customer", 2, () => customer.SendAsync("GET", offer)),
            new("ListOffers: by their customer", 2, () => customer.SendAsync("GET", "/loan-offers")),
            new("GetSchedule: by its customer", 2, () => customer.SendAsync("GET", $"{offer}/schedule")),
            new("GetDocument: by its customer", 2, () => customer.SendAsync("GET", $"{offer}/document")),
            new("GetVersion: by its customer", 2, () => customer.SendAsync("GET", $"{offer}/versions/1")),
            new("PatchOffer: of what was seen", 3, () => installer.SendAsync("PATCH", offer, new JsonObject { ["termMonths"] = 20 })),
            new("GetVersion: an earlier one", 1, () => installer.SendAsync("GET", $"{offer}/versions/1")),
            new("GetDocument: of an earlier version", 1, () => installer.SendAsync("GET", $"{offer}/document?version=1")),
            new("ListVersions", 1, () => installer.SendAsync("GET", $"{offer}/versions")),
            // That there is no comment is no proof that there is an offer.
            new("ListComments: none", 2, () => installer.SendAsync("GET", $"{offer}/comments"), FewestItems: 0),
            new("AddComment", 3, () => installer.SendAsync("POST", $"{offer}/comments", new { text = "The roof was inspected." })),
            new("AddComment: by the customer", 3, () => customer.SendAsync("POST", $"{offer}/comments", new { text = "It is dry." })),
            new("ListComments", 1, () => installer.SendAsync("GET", $"{offer}/comments")),
            // Each move locks the offer, reads it, and writes it with its history and its event.
            new("ApproveOffer", 3, () => installer.SendAsync("POST", $"/loan-offers/{toApprove.Id}/approve", Steps.Decision(toApprove))),
            new(
                "RejectOffer",
                3,
                () => installer.SendAsync("POST", $"/loan-offers/{toReject.Id}/reject", Steps.BodyOf("reject", toReject))
            ),
            new("CancelOffer", 3, () => installer.SendAsync("POST", $"{toCancel}/cancel", new JsonObject())),
            // And when the customer has seen it, for the receipt.
            new("AcceptOffer", 4, () => customer.SendAsync("POST", $"/loan-offers/{approved.Id}/accept", Steps.Acceptance(approved))),
            new("DeclineOffer", 3, () => customer.SendAsync("POST", $"{toDecline}/decline", new JsonObject())),
            new("WithdrawOffer", 3, () => customer.SendAsync("POST", $"{toWithdraw}/withdraw", new JsonObject())),
            // And who approved it is asked.
            new(
                "DisburseOffer",
                4,
                () => administrator.SendAsync("POST", $"/loan-offers/{approved.Id}/disburse", Steps.Decision(approved))
            ),
            new("GetAcceptance", 1, () => installer.SendAsync("GET", $"/loan-offers/{approved.Id}/acceptance")),
            // The offer is locked, so that nobody answers with the older link meanwhile; and that has to be out of the way of the unique index first.
            new("CreateLink", 4, () => installer.SendAsync("POST", $"/loan-offers/{toApprove.Id}/link")),
            // The offer is locked and read, and so is the code that was mailed before.
            new("SendCode", 4, () => customer.SendAsync("POST", $"/loan-offers/{toUnlink.Id}/code", new JsonObject())),
            new("RevokeLink", 3, () => installer.SendAsync("DELETE", $"/loan-offers/{toUnlink.Id}/link")),
            // Who holds the link reads as the customer whom it was sent to, and only the link says who that is.
            new("OpenLink", 3, () => anybody.SendAsync("POST", $"/loan-offers/{linked.Id}/link/open", new { token })),
            new(
                // Under the offer's lock the link is read again.
                "AcceptOffer: over a link",
                6,
                () => anybody.SendAsync("POST", $"/loan-offers/{linked.Id}/accept", Steps.Acceptance(linked, token))
            ),
            new("DeleteOffer", 3, () => installer.SendAsync("DELETE", toDelete)),
            new("GetProduct", 1, () => installer.SendAsync("GET", product)),
            new("ListProducts", 1, () => installer.SendAsync("GET", Catalogue.Path)),
            new("GetProductVersion", 1, () => installer.SendAsync("GET", $"{product}/versions/1")),
            new("CreateProduct", 2, () => administrator.SendAsync("POST", Catalogue.Path, Catalogue.Solar())),
            new("PatchProduct: nothing", 1, () => administrator.SendAsync("PATCH", product, new JsonObject())),
            new("PatchProduct", 3, () => administrator.SendAsync("PATCH", product, new JsonObject { ["validityDays"] = 15 })),
            new("ListProductVersions", 1, () => installer.SendAsync("GET", $"{product}/versions")),
            new("DeleteProduct", 3, () => administrator.SendAsync("DELETE", $"{Catalogue.Path}/{otherProduct}"))
        );
    }

    private static JsonObject WithProduct(Office office, Guid productId)
    {
        var terms = office.Terms(termMonths: 24).With("productId", productId);
        terms.Remove("annualRatePercent");
        return terms;
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
}
