using System.Net;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class VisibilityTests(LoansFixture fixture)
{
    private static readonly (string Method, string Suffix)[] Calls =
    [
        ("GET", ""),
        ("GET", "/schedule"),
        ("GET", "/history"),
        ("PUT", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/approve"),
        ("POST", "/reject"),
        ("POST", "/disburse"),
    ];

    private readonly Office office = new(fixture);

    [Fact]
    public async Task Another_organisations_offer_does_not_exist()
    {
        var offer = await office.OfferAsync();
        var stranger = new Office(fixture);

        foreach (var (method, suffix) in Calls)
        {
            var answer = await stranger.Installer.SendAsync(method, $"/loan-offers/{offer.Id}{suffix}", BodyOf(method, suffix));
            answer.ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await stranger.CountAsync()).ShouldBe(0);
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
    }

    [Fact]
    public async Task An_offer_that_never_was_does_not_exist()
    {
        foreach (var (method, suffix) in Calls)
        {
            var answer = await office.Installer.SendAsync(method, $"/loan-offers/{Unique.Id()}{suffix}", BodyOf(method, suffix));
            answer.ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await office.Installer.SendAsync("GET", "/loan-offers/no-id")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_customer_reads_their_own_offers_only()
    {
        var own = await office.OfferAsync();
        var other = await office.OfferAsync(office.Terms(customerId: office.AddCustomer().Id));
        var customer = office.ClientOf(office.Customer.Id);

        foreach (var (method, suffix) in Calls.Where(call => call.Method == "GET"))
        {
            (await customer.SendAsync(method, $"/loan-offers/{own.Id}{suffix}")).Status.ShouldBe(HttpStatusCode.OK);
            (await customer.SendAsync(method, $"/loan-offers/{other.Id}{suffix}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await customer.GetAsync("/loan-offers?includeTotal=true", HttpStatusCode.OK)).Json.ShouldSatisfyAllConditions(
            list => list.GetProperty("total").GetInt32().ShouldBe(1),
            list => list.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(own.Id)
        );
        (await customer.GetAsync($"/loan-offers?customerId={other["customerId"]}", HttpStatusCode.OK))
            .Json.GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task A_customer_account_without_a_customer_sees_nothing()
    {
        var offer = await office.OfferAsync();
        var customer = office.ClientOf(null);

        (await customer.SendAsync("GET", $"/loan-offers/{offer.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await customer.GetAsync("/loan-offers", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Customers_cannot_write_not_even_on_their_own_offers()
    {
        var offer = await office.OfferAsync();
        var customer = office.ClientOf(office.Customer.Id);

        (await customer.SendAsync("POST", "/loan-offers", office.Terms())).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        foreach (var (method, suffix) in Calls.Where(call => call.Method != "GET"))
        {
            var answer = await customer.SendAsync(method, $"/loan-offers/{offer.Id}{suffix}", BodyOf(method, suffix));
            answer.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
    }

    [Fact]
    public async Task Nobody_sees_or_does_anything_without_a_token()
    {
        var offer = await office.OfferAsync();

        foreach (var (method, suffix) in Calls)
        {
            var answer = await fixture.Host.Client.SendAsync(method, $"/loan-offers/{offer.Id}{suffix}", BodyOf(method, suffix));
            answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
        (await fixture.Host.Client.SendAsync("GET", "/loan-offers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await fixture.Host.Client.SendAsync("POST", "/loan-offers", office.Terms())).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }

    private object? BodyOf(string method, string suffix) =>
        (method, suffix) switch
        {
            ("GET" or "DELETE", _) => null,
            (_, "") => office.Terms(),
            _ => Steps.Body,
        };
}
