using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Loans.Tests.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Quotes;

/// <summary>Quotes of products: 1,000 to 50,000 over 12 to 120 months, 6 % up to 60 months and 7.5 % beyond, 2 % at the start, 1.50 a month.</summary>
public sealed class QuoteProductTests(LoansFixture fixture)
{
    private const string Path = "/loan-offers/quote";

    private readonly Office office = new(fixture);

    [Theory]
    [InlineData(60, "6")]
    [InlineData(61, "7.5")]
    public async Task A_product_sets_rate_fees_and_method_by_its_current_version(int term, string rate)
    {
        var product = await office.PatchAsync(await office.ProductAsync(), """{"method":"declining-balance"}""");

        var quote = await QuoteAsync(product, $"\"loanAmount\":20000,\"termMonths\":{term}");

        quote["product.id"].ShouldBe(product.Id.ToString());
        quote["product.version"].ShouldBe("2");
        quote["product.name"].ShouldBe(product["name"]);
        quote["annualRatePercent"].ShouldBe(rate);
        quote["fees.upfront"].ShouldBe("400.00");
        quote["fees.monthly"].ShouldBe("1.50");
        quote["method"].ShouldBe("declining-balance");
        // The same loan without the product.
        var free = JsonNode.Parse(
            (
                await office.Installer.PostAsync(
                    Path,
                    $$"""
                    {
                      "loanAmount":20000, "termMonths":{{term}}, "annualRatePercent":{{rate}}, "method":"declining-balance",
                      "fees":{ "upfront":{ "percent":2 }, "monthly":{ "amount":1.5 } }
                    }
                    """,
                    HttpStatusCode.OK
                )
            ).Text
        )!;
        var answered = JsonNode.Parse(quote.Text)!.AsObject();
        answered.Remove("product");
        answered.ToJsonString().ShouldBe(free.ToJsonString());
    }

    [Fact]
    public async Task Three_terms_of_two_products_are_quoted_in_one_call()
    {
        var solar = await office.ProductAsync();
        var heat = await office.ProductAsync(
            Catalogue
                .Solar()
                .With("rateBands", JsonNode.Parse("""[{"annualRatePercent":5}]"""))
                .With("dealerFeePercent", 4)
                .With("fees", null)
        );

        var answer = await QuoteAsync(
            solar,
            $$"""
            "cashPrice":20000,"termMonths":24,
            "alternatives":[
              {"termMonths":60},{"termMonths":120},
              {"productId":"{{heat.Id}}"},{"productId":"{{heat.Id}}","termMonths":60},{"productId":"{{heat.Id}}","termMonths":120}
            ]
            """
        );

        answer
            .Json.GetProperty("alternatives")
            .EnumerateArray()
            .Prepend(answer.Json)
            .Select(quote =>
                string.Join(
                    ' ',
                    quote.GetProperty("product").GetProperty("name").GetString() == solar["name"] ? "solar" : "heat",
                    quote.GetProperty("termMonths"),
                    quote.GetProperty("annualRatePercent"),
                    quote.GetProperty("loanAmount").GetRawText(),
                    quote.GetProperty("cashPrice").GetRawText()
                )
            )
            .ShouldBe([
                "solar 24 6 20000.00 20000.00",
                "solar 60 6 20000.00 20000.00",
                "solar 120 7.5 20000.00 20000.00",
                "heat 24 5 20833.33 20000.00",
                "heat 60 5 20833.33 20000.00",
                "heat 120 5 20833.33 20000.00",
            ]);
    }

    [Fact]
    public async Task Products_that_are_not_public_are_quoted_for_their_own_staff_only()
    {
        var product = await office.ProductAsync();
        var body = Body(product, "\"loanAmount\":20000,\"termMonths\":24");
        var stranger = new Office(fixture);
        HttpClient[] others = [fixture.Host.Client, office.ClientOf(office.Customer.Id), stranger.Installer, stranger.Administrator];

        (await office.Installer.SendAsync("POST", Path, body)).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var other in others)
        {
            (await other.SendAsync("POST", Path, body))
                .ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-product")
                .WrongFields.ShouldBe(["productId"]);
        }
        await office.PatchAsync(product, """{"isPublic":true}""");
        foreach (var other in others)
        {
            (await other.SendAsync("POST", Path, body)).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("\"loanAmount\":999.99,\"termMonths\":24", "amount-outside-product", "loanAmount")]
    [InlineData("\"loanAmount\":50000.01,\"termMonths\":24", "amount-outside-product", "loanAmount")]
    [InlineData("\"cashPrice\":100,\"termMonths\":24", "amount-outside-product", "cashPrice")]
    [InlineData("\"loanAmount\":20000,\"termMonths\":11", "term-outside-product", "termMonths")]
    [InlineData("\"loanAmount\":20000,\"termMonths\":121", "term-outside-product", "termMonths")]
    [InlineData("\"loanAmount\":20000,\"termMonths\":70", "no-rate-for-terms", "productId")]
    [InlineData("\"loanAmount\":20000.001,\"termMonths\":24", "amount-scale", "loanAmount")]
    [InlineData("\"monthlyBudget\":250.001,\"termMonths\":24", "amount-scale", "monthlyBudget")]
    [InlineData("\"monthlyBudget\":250,\"termMonths\":11", "term-outside-product", "termMonths")]
    [InlineData("\"monthlyBudget\":250,\"termMonths\":70", "no-rate-for-terms", "productId")]
    [InlineData("\"monthlyBudget\":250,\"loanAmount\":60000", "amount-outside-product", "loanAmount")]
    [InlineData("\"monthlyBudget\":80,\"termMonths\":12", "budget-too-small", "monthlyBudget")]
    [InlineData("\"monthlyBudget\":80,\"loanAmount\":50000", "budget-too-small", "monthlyBudget")]
    [InlineData("\"loanAmount\":20000,\"termMonths\":24,\"currency\":\"CHF\"", "currency-mismatch", "productId")]
    [InlineData(
        "\"loanAmount\":20000,\"termMonths\":24,\"payoutDate\":\"2026-01-01\",\"firstDueDate\":\"2028-01-01\"",
        "first-due-date-out-of-range",
        "firstDueDate"
    )]
    public async Task What_a_product_does_not_lend_is_refused(string terms, string code, string field)
    {
        var product = await office.ProductAsync(
            Catalogue
                .Solar()
                .With(
                    "rateBands",
                    JsonNode.Parse("""[{"termMonthsTo":60,"annualRatePercent":6},{"termMonthsFrom":80,"annualRatePercent":7}]""")
                )
        );

        (await office.Installer.SendAsync("POST", Path, Body(product, terms)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, code)
            .WrongFields.ShouldBe([field]);
    }

    [Fact]
    public async Task A_retired_product_is_not_quoted()
    {
        var product = await office.PatchAsync(await office.ProductAsync(), """{"retired":true}""");

        (await office.Installer.SendAsync("POST", Path, Body(product, "\"loanAmount\":20000,\"termMonths\":24")))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "product-retired")
            .WrongFields.ShouldBe(["productId"]);
    }

    [Fact]
    public async Task What_the_product_sets_cannot_be_asked_for()
    {
        var product = await office.ProductAsync();

        (
            await office.Installer.SendAsync(
                "POST",
                Path,
                Body(
                    product,
                    """
                    "loanAmount":20000,"termMonths":24,"annualRatePercent":1,"method":"declining-balance","dayCount":"30/360","stubDayCount":"30/360",
                    "interestOnlyMonths":0,"rateSteps":[],"fees":{},"dealerFeePercent":0
                    """
                )
            )
        ).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe(["annualRatePercent", "method", "dayCount", "stubDayCount", "interestOnlyMonths", "rateSteps", "fees", "dealerFeePercent"], ignoreOrder: true);
    }

    [Theory]
    // What the larger amounts cost less for is bought, and where no band has it the largest amount of the band below.
    [InlineData(150, 60, "10000.00", "6")]
    [InlineData(240, 60, "10000.00", "6")]
    [InlineData(260, 60, null, "4")]
    [InlineData(900, 60, "40000.00", "4")]
    public async Task A_budget_buys_the_largest_amount_that_some_band_has(int budget, int term, string? amount, string rate)
    {
        var product = await office.ProductAsync(
            Catalogue
                .Solar()
                .With("fees", null)
                .With(
                    "rateBands",
                    JsonNode.Parse(
                        """[{"amountTo":10000,"annualRatePercent":6},{"amountFrom":14000,"amountTo":40000,"annualRatePercent":4}]"""
                    )
                )
        );

        var quote = await QuoteAsync(product, $"\"monthlyBudget\":{budget},\"termMonths\":{term}");

        if (budget > 200 && amount is not null)
        {
            quote["loanAmount"].ShouldBe(amount);
        }
        quote["annualRatePercent"].ShouldBe(rate);
        Number(quote, "monthlyPayment").ShouldBeLessThanOrEqualTo(budget);
        (await QuoteAsync(product, $"\"loanAmount\":{quote["loanAmount"]},\"termMonths\":{term}")).Text.ShouldBe(quote.Text);
    }

    [Theory]
    [InlineData(1500)]
    [InlineData(900)]
    [InlineData(360)]
    [InlineData(300)]
    [InlineData(280)]
    public async Task A_budget_needs_the_shortest_term_that_some_band_has(int budget)
    {
        var product = await office.ProductAsync(
            Catalogue
                .Solar()
                .With(
                    "rateBands",
                    JsonNode.Parse(
                        """[{"termMonthsFrom":80,"annualRatePercent":7},{"termMonthsTo":60,"annualRatePercent":6},{"termMonthsFrom":61,"termMonthsTo":70,"annualRatePercent":1}]"""
                    )
                )
                .With("method", "declining-balance")
                .With(
                    "rateSteps",
                    JsonNode.Parse("""[{"fromInstalment":30,"annualRatePercent":7},{"fromInstalment":90,"annualRatePercent":8}]""")
                )
        );

        var solved = await office.Installer.SendAsync("POST", Path, Body(product, $"\"monthlyBudget\":{budget},\"loanAmount\":20000"));

        // Every term that the product has, by itself.
        var affordable = new List<Answer>();
        for (var term = 12; term <= 120 && affordable.Count == 0; term++)
        {
            var quote = await office.Installer.SendAsync("POST", Path, Body(product, $"\"loanAmount\":20000,\"termMonths\":{term}"));
            if (quote.Status == HttpStatusCode.OK && Number(quote, "monthlyPayment") + Number(quote, "fees.monthly") <= budget)
            {
                affordable.Add(quote);
            }
        }
        affordable.ShouldHaveSingleItem().Text.ShouldBe(solved.Text);
    }

    private static string Body(Answer product, string members) => $$"""{"productId":"{{product.Id}}",{{members}}}""";

    private static decimal Number(Answer quote, string member) => JsonElement.Parse(quote[member]!).GetDecimal();

    private Task<Answer> QuoteAsync(Answer product, string members) =>
        office.Installer.PostAsync(Path, Body(product, members), HttpStatusCode.OK);
}
