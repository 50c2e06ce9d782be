using System.Net;
using System.Text.Json.Nodes;
using Lending.Loans.Contracts;
using Lending.Loans.Tests.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>Offers that are made with a product.</summary>
public sealed class ProductOfferTests(LoansFixture fixture)
{
    [Fact]
    public async Task An_offer_takes_rate_fees_method_and_validity_from_its_product()
    {
        var office = new Office(fixture);
        var product = await office.ProductAsync();

        var offer = await office.OfferAsync(TermsWith(office, product));

        var answer = offer.Json;
        answer.GetProperty("product").GetProperty("id").GetGuid().ShouldBe(product.Id);
        answer.GetProperty("product").GetProperty("version").GetInt32().ShouldBe(1);
        answer.GetProperty("product").GetProperty("name").GetString().ShouldBe(product["name"]);
        answer.GetProperty("annualRatePercent").GetDecimal().ShouldBe(6);
        // 2 % of 12,000 at the start, and 1.50 with each of 48 instalments.
        answer.GetProperty("fees").GetProperty("upfront").GetDecimal().ShouldBe(240);
        answer.GetProperty("fees").GetProperty("monthly").GetDecimal().ShouldBe(1.5m);
        answer.GetProperty("amountOwed").GetDecimal().ShouldBe(12_000);
        var totalPayment = answer.GetProperty("totalPayment").GetDecimal();
        totalPayment.ShouldBe(48 * answer.GetProperty("monthlyPayment").GetDecimal());
        answer.GetProperty("totalPayable").GetDecimal().ShouldBe(totalPayment + 240 + 48 * 1.5m);
        answer.GetProperty("aprcPercent").GetDecimal().ShouldBeGreaterThan(7);
        answer.GetProperty("method").GetString().ShouldBe("equal-instalments");
        answer.GetProperty("methodVersion").GetInt32().ShouldBe(1);
        var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(offer.Text);
        var approved = await office.GoAsync(offer, "approve");
        // 14 days after today, not the 30 of offers without a product.
        var days = approved.Json.GetProperty("validUntil").GetDateTimeOffset() - fixture.Host.Clock.GetUtcNow();
        days.TotalDays.ShouldBeInRange(13, 15);
    }

    [Fact]
    public async Task An_offer_says_what_the_quote_of_the_same_product_said()
    {
        var office = new Office(fixture);
        var product = await office.ProductAsync(
            Catalogue
                .Solar()
                .With("method", "declining-balance")
                .With("dayCount", "actual/365f")
                .With("interestOnlyMonths", 3)
                .With("rateSteps", JsonNode.Parse("""[{ "fromInstalment": 13, "annualRatePercent": 6.5 }]"""))
                .With("fees", JsonNode.Parse("""{ "financed": { "amount": 300 } }"""))
                .With("dealerFeePercent", 2)
        );
        var terms = TermsWith(office, product).With("payoutDate", "2027-01-11").With("firstDueDate", "2027-03-01");
        var asked = terms.DeepClone().AsObject().With("includeSchedule", true);
        asked.Remove("customerId");

        var quote = await office.Installer.PostAsync("/loan-offers/quote", asked, HttpStatusCode.OK);
        var offer = await office.OfferAsync(terms);

        string[] same =
        [
            "loanAmount",
            "annualRatePercent",
            "termMonths",
            "monthlyPayment",
            "totalPayment",
            "totalInterest",
            "amountOwed",
            "totalPayable",
            "aprcPercent",
            "method",
            "methodVersion",
            "payoutDate",
            "firstDueDate",
        ];
        foreach (var member in same)
        {
            offer.Json.GetProperty(member).GetRawText().ShouldBe(quote.Json.GetProperty(member).GetRawText(), member);
        }
        offer.Json.GetProperty("fees").GetProperty("dealer").GetRawText().ShouldBe(quote.Json.GetProperty("dealerFee").GetRawText());
        var schedule = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/schedule", HttpStatusCode.OK);
        schedule.Json.GetProperty("rows").GetRawText().ShouldBe(quote.Json.GetProperty("schedule").GetRawText());
    }

    [Fact]
    public async Task An_offer_keeps_the_version_that_it_was_made_with_and_a_new_one_gets_the_new_version()
    {
        var office = new Office(fixture);
        var product = await office.ProductAsync();
        var offer = await office.OfferAsync(TermsWith(office, product));
        await office.PatchAsync(product, """{ "rateBands": [{ "annualRatePercent": 9 }], "name": "Renamed", "retired": false }""");

        var read = await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        var longer = await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", """{ "termMonths": 72 }""", HttpStatusCode.OK);
        var other = await office.OfferAsync(TermsWith(office, product));

        read.Text.ShouldBe(offer.Text);
        // The other band of the version that it was made with.
        longer.Json.GetProperty("annualRatePercent").GetDecimal().ShouldBe(7.5m);
        longer.Json.GetProperty("product").GetProperty("version").GetInt32().ShouldBe(1);
        other.Json.GetProperty("annualRatePercent").GetDecimal().ShouldBe(9);
        other.Json.GetProperty("product").GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_retired_product_makes_no_offers_and_keeps_those_that_there_are()
    {
        var office = new Office(fixture);
        var product = await office.ProductAsync();
        var offer = await office.OfferAsync(TermsWith(office, product));
        await office.PatchAsync(product, """{ "retired": true }""");

        await office.ShouldRefuseAsync(TermsWith(office, product), "product-retired");
        var changed = await office.Installer.ExpectAsync(
            "PATCH",
            $"/loan-offers/{offer.Id}",
            """{ "termMonths": 60 }""",
            HttpStatusCode.OK
        );
        changed.Json.GetProperty("termMonths").GetInt32().ShouldBe(60);
        var deletion = await office.Administrator.SendAsync("DELETE", $"/loan-products/{product.Id}");
        deletion.Status.ShouldBe(HttpStatusCode.Conflict);
        deletion.Code.ShouldBe("product-in-use");
    }

    [Fact]
    public async Task What_a_product_does_not_lend_is_refused()
    {
        var office = new Office(fixture);
        var product = await office.ProductAsync();
        var yen = await office.ProductAsync(Catalogue.Solar().With("currency", "JPY").With("fees", null));
        var foreign = await new Office(fixture).ProductAsync();

        await office.ShouldRefuseAsync(TermsWith(office, product).With("loanAmount", 999), "amount-outside-product");
        await office.ShouldRefuseAsync(TermsWith(office, product).With("termMonths", 121), "term-outside-product");
        await office.ShouldRefuseAsync(TermsWith(office, product).With("annualRatePercent", 5), "rate-not-of-product");
        await office.ShouldRefuseAsync(TermsWith(office, yen), "currency-mismatch");
        await office.ShouldRefuseAsync(TermsWith(office, foreign), "unknown-product");
        await office.ShouldRefuseAsync(TermsWith(office, product).With("productId", Unique.Id()), "unknown-product");
        (await office.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_patch_with_what_the_product_says_anyway_changes_nothing()
    {
        var office = new Office(fixture);
        var offer = await office.OfferAsync(TermsWith(office, await office.ProductAsync()));

        var answer = await office.Installer.ExpectAsync(
            "PATCH",
            $"/loan-offers/{offer.Id}",
            """{ "annualRatePercent": 6.00, "termMonths": 48 }""",
            HttpStatusCode.OK
        );

        answer.Text.ShouldBe(offer.Text);
    }

    [Fact]
    public async Task A_patch_takes_the_product_away_or_puts_one_in()
    {
        var office = new Office(fixture);
        var product = await office.ProductAsync();
        var offer = await office.OfferAsync(TermsWith(office, product));
        var path = $"/loan-offers/{offer.Id}";

        var without = await office.Installer.SendAsync("PATCH", path, JsonNode.Parse("""{ "productId": null }"""));
        without.Status.ShouldBe(HttpStatusCode.BadRequest, "without a product, a rate is needed");
        var free = await office.Installer.ExpectAsync(
            "PATCH",
            path,
            """{ "productId": null, "annualRatePercent": 5 }""",
            HttpStatusCode.OK
        );
        free.Json.TryGetProperty("product", out _).ShouldBeFalse();
        free.Json.GetProperty("fees").GetProperty("upfront").GetDecimal().ShouldBe(0);
        var again = await office.Installer.ExpectAsync(
            "PATCH",
            path,
            $$"""{ "productId": "{{product.Id}}", "annualRatePercent": null }""",
            HttpStatusCode.OK
        );
        again.Json.GetProperty("annualRatePercent").GetDecimal().ShouldBe(6);
        again["documentHash"].ShouldBe(offer["documentHash"]);
    }

    [Fact]
    public async Task What_is_accepted_is_frozen_with_product_figures_and_schedule()
    {
        var office = new Office(fixture);
        var product = await office.ProductAsync();
        var offer = await office.OfferAsync(TermsWith(office, product));
        var schedule = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/schedule", HttpStatusCode.OK);
        offer = await office.GoAsync(offer, "approve");
        await office.GoAsync(offer, "accept");
        await office.PatchAsync(product, """{ "rateBands": [{ "annualRatePercent": 9 }], "name": "Renamed later", "validityDays": 3 }""");

        var acceptance = (await office.Installer.GetAsync($"/loan-offers/{offer.Id}/acceptance", HttpStatusCode.OK)).Json;

        acceptance.GetProperty("documentHash").GetString().ShouldBe(offer["documentHash"]);
        var content = acceptance.GetProperty("content");
        content.GetProperty("product").GetProperty("name").GetString().ShouldBe(product["name"]);
        content.GetProperty("product").GetProperty("version").GetInt32().ShouldBe(1);
        content.GetProperty("product").GetProperty("content").GetProperty("validityDays").GetInt32().ShouldBe(14);
        content.GetProperty("fees").GetProperty("upfront").GetDecimal().ShouldBe(240);
        content.GetProperty("aprcPercent").GetRawText().ShouldBe(offer.Json.GetProperty("aprcPercent").GetRawText());
        acceptance.GetProperty("schedule").GetRawText().ShouldBe(schedule.Json.GetProperty("rows").GetRawText());
        var told = await office.BehindTheApiAsync((IAcceptedOffers offers) => offers.FindAsync(offer.Id, CancellationToken.None));
        told.ShouldNotBeNull().Product.ShouldBe(new AcceptedProduct(product.Id, Version: 1));
        (told.BorrowerKind, told.IsSecuredByLand).ShouldBe((BorrowerKind.Consumer, false));
    }

    [Fact]
    public async Task Dates_of_a_stub_period_are_kept_by_a_replacement_without_dates()
    {
        var office = new Office(fixture);
        var terms = office.Terms(termMonths: 12).With("payoutDate", "2027-01-11").With("firstDueDate", "2027-02-28");
        var offer = await office.OfferAsync(terms);

        var replaced = await office.Installer.ExpectAsync(
            "PUT",
            $"/loan-offers/{offer.Id}",
            office.Terms(loanAmount: 11_000, termMonths: 12).ToJsonString(),
            HttpStatusCode.OK
        );

        replaced.Json.GetProperty("payoutDate").GetString().ShouldBe("2027-01-11");
        replaced.Json.GetProperty("firstDueDate").GetString().ShouldBe("2027-02-28");
        await office.ShouldRefuseAsync(office.Terms().With("payoutDate", "2027-01-11").With("firstDueDate", "2027-01-10"), code: null);
    }

    private static JsonObject TermsWith(Office office, Answer product)
    {
        var terms = office.Terms(loanAmount: 12_000, termMonths: 48).With("productId", product.Id);
        terms.Remove("annualRatePercent");
        return terms;
    }
}

file static class Refusals
{
    public static async Task ShouldRefuseAsync(this Office office, JsonObject terms, string? code)
    {
        var answer = await office.Installer.SendAsync("POST", "/loan-offers", terms);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        if (code is not null)
        {
            answer.Text.ShouldContain(code);
        }
    }
}
