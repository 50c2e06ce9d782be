using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Loans.Offers;
using Lending.Loans.Tests.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class ChangeOfferTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task Putting_new_terms_recomputes_the_offer()
    {
        var offer = await office.OfferAsync(office.Terms(20_000, 5, 60));

        var changed = await office.Installer.ExpectAsync("PUT", PathOf(offer), office.Terms(10_000, 8, 10), HttpStatusCode.OK);

        changed["loanAmount"].ShouldBe("10000.00");
        changed["monthlyPayment"].ShouldBe("1037.03");
        changed["totalPayment"].ShouldBe("10370.30");
        changed["totalInterest"].ShouldBe("370.30");
        changed["createdAt"].ShouldBe(offer["createdAt"]);
        changed.Json.GetProperty("updatedAt").GetDateTimeOffset().ShouldBeGreaterThan(UpdatedAt(offer));
        changed.ETag.ShouldNotBe(offer.ETag);
        await ShouldReadAsync(changed);
    }

    [Fact]
    public async Task A_patch_of_one_member_leaves_all_others()
    {
        var (one, other) = (await office.ProductAsync(), await office.ProductAsync());
        var terms = office.Terms().With("payoutDate", "2026-12-01").With("firstDueDate", "2027-01-15");
        var plain = await office.OfferAsync(terms.DeepClone().AsObject());
        terms.Remove("annualRatePercent");
        var withProduct = await office.OfferAsync(terms.With("termMonths", 24).With("productId", one.Id));
        var changes = new JsonObject
        {
            ["customerId"] = office.AddCustomer().Id,
            ["productId"] = other.Id,
            ["loanAmount"] = 12_000,
            ["annualRatePercent"] = 7.5,
            ["termMonths"] = 36,
            ["payoutDate"] = "2026-12-10",
            ["firstDueDate"] = "2027-01-20",
        };
        changes.Count.ShouldBe(7);

        // The rate comes from the product, where there is one.
        await office.Installer.ShouldChangeEachMemberAloneAsync<OfferTerms>(
            member => PathOf(member == "annualRatePercent" ? plain : withProduct),
            changes,
            ValueOf
        );
    }

    [Theory]
    [InlineData("""{"loanAmount":10000}""")]
    [InlineData("""{"loanAmount":10000.00,"termMonths":10}""")]
    [InlineData("""{"annualRatePercent":8,"loanAmount":10000}""")]
    public async Task Patching_some_terms_keeps_the_others_and_recomputes_the_offer(string patch)
    {
        var offer = await office.OfferAsync(office.Terms(20_000, 8, 10));

        var changed = await office.Installer.ExpectAsync("PATCH", PathOf(offer), patch, HttpStatusCode.OK);

        changed["monthlyPayment"].ShouldBe("1037.03");
        changed["annualRatePercent"].ShouldBe("8");
        changed["termMonths"].ShouldBe("10");
        await ShouldReadAsync(changed);
    }

    [Theory]
    [InlineData("PATCH", "{}")]
    [InlineData("PATCH", """{"loanAmount":10000.00,"annualRatePercent":8.000}""")]
    [InlineData("PUT", null)]
    public async Task A_change_that_changes_nothing_leaves_the_offer_as_it_is(string method, string? body)
    {
        var offer = await office.OfferAsync();

        var changed = await office.Installer.ExpectAsync(method, PathOf(offer), (object?)body ?? office.Terms(), HttpStatusCode.OK);

        changed.Text.ShouldBe(offer.Text);
        changed.ETag.ShouldBe(offer.ETag);
        await ShouldReadAsync(offer);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Another_customer_is_copied_as_they_are_called_now(string method)
    {
        var offer = await office.OfferAsync();
        var other = office.AddCustomer();

        var changed = await office.Installer.ExpectAsync(method, PathOf(offer), office.Terms(customerId: other.Id), HttpStatusCode.OK);

        changed["customerId"].ShouldBe(other.Id.ToString());
        changed["customer.fullName"].ShouldBe(other.FullName);
        changed["customer.email"].ShouldBe(other.Email);
        await ShouldReadAsync(changed);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task The_same_customer_stays_as_offered(string method)
    {
        var offer = await office.OfferAsync();
        fixture.Customers.Put(office.Customer with { FullName = "Somebody Else" });

        var changed = await office.Installer.ExpectAsync(method, PathOf(offer), office.Terms(), HttpStatusCode.OK);

        changed["customer.fullName"].ShouldBe(office.Customer.FullName);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task An_unknown_customer_is_refused(string method)
    {
        var offer = await office.OfferAsync();

        var answer = await office.Installer.SendAsync(method, PathOf(offer), office.Terms(customerId: Unique.Id()));

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-customer").WrongFields.ShouldBe(["customerId"]);
        await ShouldReadAsync(offer);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task An_amount_with_more_decimals_than_the_currency_is_refused(string method)
    {
        var offer = await office.OfferAsync();

        var answer = await office.Installer.SendAsync(method, PathOf(offer), office.Terms(loanAmount: 1000.001m));

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "amount-scale").WrongFields.ShouldBe(["loanAmount"]);
        await ShouldReadAsync(offer);
    }

    [Fact]
    public async Task A_change_keeps_the_currency_of_the_offer()
    {
        var offer = await office.OfferAsync();
        fixture.Organizations.Put(
            (await fixture.Organizations.GetAsync(office.Id, CancellationToken.None)) with
            {
                Currency = "JPY",
                TimeZone = "Asia/Tokyo",
            }
        );

        var changed = await office.Installer.ExpectAsync("PATCH", PathOf(offer), """{"loanAmount":999.99}""", HttpStatusCode.OK);

        changed["currency"].ShouldBe("EUR");
        changed["loanAmount"].ShouldBe("999.99");
    }

    public static TheoryData<string, string> DecidedStates()
    {
        var data = new TheoryData<string, string>();
        foreach (var state in Steps.States.Skip(1))
        {
            foreach (var method in (string[])["PUT", "PATCH", "DELETE"])
            {
                data.Add(state, method);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(DecidedStates))]
    public async Task What_was_decided_cannot_be_changed_or_deleted(string status, string method)
    {
        var offer = await office.OfferAsync(status);

        var answer = await office.Installer.SendAsync(method, PathOf(offer), method == "DELETE" ? null : office.Terms(5_000));

        answer.ShouldBeProblem(HttpStatusCode.Conflict, "offer-not-pending");
        await ShouldReadAsync(offer);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task If_match_of_an_older_version_is_refused(string method)
    {
        var offer = await office.OfferAsync();
        var newer = await office.Installer.ExpectAsync("PATCH", PathOf(offer), """{"termMonths":20}""", HttpStatusCode.OK);
        JsonObject? body = method == "DELETE" ? null : office.Terms(5_000);

        (await office.Installer.SendAsync(method, PathOf(offer), body, offer.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        await ShouldReadAsync(newer);

        (await office.Installer.SendAsync(method, PathOf(offer), body, newer.ETag)).Status.ShouldBeOneOf(
            HttpStatusCode.OK,
            HttpStatusCode.NoContent
        );
    }

    [Fact]
    public async Task A_deleted_offer_is_gone_with_its_history()
    {
        var offer = await office.OfferAsync();

        var answer = await office.Installer.ExpectAsync("DELETE", PathOf(offer), null, HttpStatusCode.NoContent);

        answer.Text.ShouldBeEmpty();
        foreach (var path in (string[])[PathOf(offer), $"{PathOf(offer)}/schedule", $"{PathOf(offer)}/history"])
        {
            (await office.Installer.SendAsync("GET", path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        }
        (await office.CountAsync()).ShouldBe(0);
    }

    private static string PathOf(Answer offer) => $"/loan-offers/{offer.Id}";

    private static DateTimeOffset UpdatedAt(Answer offer) => offer.Json.GetProperty("updatedAt").GetDateTimeOffset();

    private async Task ShouldReadAsync(Answer expected)
    {
        var read = await office.Installer.GetAsync(PathOf(expected), HttpStatusCode.OK);
        read.Text.ShouldBe(expected.Text);
        read.ETag.ShouldBe(expected.ETag);
    }

    private static JsonElement ValueOf(JsonElement offer, string member) =>
        member != "productId" ? offer.GetProperty(member)
        : offer.TryGetProperty("product", out var product) ? product.GetProperty("id")
        : JsonElement.Parse("null");
}
