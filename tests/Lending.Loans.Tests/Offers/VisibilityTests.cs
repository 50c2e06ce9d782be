using System.Net;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class VisibilityTests(LoansFixture fixture)
{
    private static readonly (string Method, string Suffix)[] Reads =
    [
        ("GET", ""),
        ("GET", "/schedule"),
        ("GET", "/history"),
        ("GET", "/versions"),
        ("GET", "/versions/1"),
        ("GET", "/comments"),
        ("GET", "/acceptance"),
    ];

    private static readonly (string Method, string Suffix)[] StaffWrites =
    [
        ("PUT", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/approve"),
        ("POST", "/reject"),
        ("POST", "/cancel"),
        ("POST", "/disburse"),
        ("POST", "/link"),
        ("DELETE", "/link"),
    ];

    private static readonly (string Method, string Suffix)[] CustomerWrites =
    [
        ("POST", "/accept"),
        ("POST", "/decline"),
        ("POST", "/withdraw"),
    ];

    private static readonly (string Method, string Suffix) Comment = ("POST", "/comments");

    private readonly Office office = new(fixture);

    [Fact]
    public async Task Another_organisations_offer_does_not_exist()
    {
        var offer = await office.OfferAsync("ACCEPTED");
        var stranger = new Office(fixture);

        foreach (var (method, suffix) in (IEnumerable<(string, string)>)[.. Reads, .. StaffWrites, Comment])
        {
            (await CallAsync(stranger.Administrator, offer, method, suffix)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        foreach (var (method, suffix) in (IEnumerable<(string, string)>)[.. Reads, .. CustomerWrites, Comment])
        {
            (await CallAsync(stranger.CustomerClient, offer, method, suffix)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await stranger.CountAsync()).ShouldBe(0);
        await ShouldBeUntouchedAsync(offer);
    }

    [Fact]
    public async Task An_offer_that_never_was_does_not_exist()
    {
        var offer = await office.OfferAsync();
        var none = offer with { Text = offer.Text.Replace(offer.Id.ToString(), Unique.Id().ToString(), StringComparison.Ordinal) };

        foreach (var (method, suffix) in (IEnumerable<(string, string)>)[.. Reads, .. StaffWrites, Comment])
        {
            (await CallAsync(office.Administrator, none, method, suffix)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        foreach (var (method, suffix) in (IEnumerable<(string, string)>)[.. Reads, .. CustomerWrites, Comment])
        {
            (await CallAsync(office.CustomerClient, none, method, suffix)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await office.Installer.SendAsync("GET", "/loan-offers/no-id")).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_customer_reads_their_own_offers_only()
    {
        var own = await office.OfferAsync("ACCEPTED");
        var other = await office.OfferAsync(office.Terms(customerId: office.AddCustomer().Id));

        foreach (var (method, suffix) in Reads)
        {
            (await CallAsync(office.CustomerClient, own, method, suffix)).Status.ShouldBe(HttpStatusCode.OK, suffix);
            (await CallAsync(office.CustomerClient, other, method, suffix)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await office.CustomerClient.GetAsync("/loan-offers?includeTotal=true", HttpStatusCode.OK)).Json.ShouldSatisfyAllConditions(
            list => list.GetProperty("total").GetInt32().ShouldBe(1),
            list => list.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(own.Id)
        );
        (await office.CustomerClient.GetAsync($"/loan-offers?customerId={other["customerId"]}", HttpStatusCode.OK))
            .Json.GetProperty("items")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task A_customer_answers_their_own_offers_only()
    {
        var others = office.AddCustomer();
        foreach (var state in (string[])["PENDING", "APPROVED", "ACCEPTED"])
        {
            var offer = await office.OfferAsync(state);
            foreach (var (method, suffix) in (IEnumerable<(string, string)>)[.. CustomerWrites, Comment])
            {
                var answer = await CallAsync(office.ClientOf(others.Id), offer, method, suffix);
                answer.ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            }
            await ShouldBeUntouchedAsync(offer);
        }
    }

    [Fact]
    public async Task A_customer_account_without_a_customer_sees_nothing()
    {
        var offer = await office.OfferAsync("APPROVED");
        var customer = office.ClientOf(null);

        foreach (var (method, suffix) in (IEnumerable<(string, string)>)[.. Reads, .. CustomerWrites, Comment])
        {
            (await CallAsync(customer, offer, method, suffix)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await customer.GetAsync("/loan-offers", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Customers_do_nothing_of_what_is_the_organisations()
    {
        var offer = await office.OfferAsync();

        (await office.CustomerClient.SendAsync("POST", "/loan-offers", office.Terms())).ShouldBeProblem(
            HttpStatusCode.Forbidden,
            "forbidden"
        );
        foreach (var (method, suffix) in StaffWrites)
        {
            (await CallAsync(office.CustomerClient, offer, method, suffix)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        await ShouldBeUntouchedAsync(offer);
    }

    [Fact]
    public async Task Staff_do_nothing_of_what_is_the_customers()
    {
        var offer = await office.OfferAsync("APPROVED");

        foreach (var staff in new[] { office.Installer, fixture.Host.ClientFor(Persons.Underwriter(office.Id)) })
        {
            foreach (var (method, suffix) in CustomerWrites)
            {
                (await CallAsync(staff, offer, method, suffix)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            }
        }
        await ShouldBeUntouchedAsync(offer);
    }

    [Fact]
    public async Task Nobody_sees_or_does_anything_without_a_token()
    {
        var offer = await office.OfferAsync("APPROVED");

        foreach (var (method, suffix) in (IEnumerable<(string, string)>)[.. Reads, .. StaffWrites, .. CustomerWrites, Comment])
        {
            (await CallAsync(office.Anonymous, offer, method, suffix)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
        (await office.Anonymous.SendAsync("GET", "/loan-offers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await office.Anonymous.SendAsync("POST", "/loan-offers", office.Terms())).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
        await ShouldBeUntouchedAsync(offer);
    }

    private Task<Answer> CallAsync(HttpClient client, Answer offer, string method, string suffix)
    {
        object? body = (method, suffix) switch
        {
            ("GET" or "DELETE", _) or (_, "/link") => null,
            (_, "") => office.Terms(),
            (_, "/comments") => new { text = "Hello" },
            _ => Steps.BodyOf(suffix[1..], offer),
        };
        return client.SendAsync(method, $"/loan-offers/{offer.Id}{suffix}", body);
    }

    private async Task ShouldBeUntouchedAsync(Answer offer)
    {
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
        var comments = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/comments", HttpStatusCode.OK);
        comments.Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }
}
