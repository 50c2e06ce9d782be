using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

public sealed class QuoteOfferTests(LoansFixture fixture)
{
    private const string Path = "/loan-offers/quote";

    private HttpClient Anybody => fixture.Host.Client;

    [Theory]
    [InlineData(
        "",
        "EUR",
        """
            {"loanAmount":10000.00,"currency":"EUR","annualRatePercent":8,"termMonths":10,"monthlyPayment":1037.03,"totalPayment":10370.30,"totalInterest":370.30}
            """
    )]
    [InlineData(
        """
            ,"currency":"JPY"
            """,
        "JPY",
        """
            {"loanAmount":10000,"currency":"JPY","annualRatePercent":8,"termMonths":10,"monthlyPayment":1037,"totalPayment":10370,"totalInterest":370}
            """
    )]
    public async Task Anybody_gets_the_figures_that_an_offer_would_have(string more, string currency, string expected)
    {
        var quote = await Anybody.PostAsync(
            Path,
            $$"""{"loanAmount":10000,"annualRatePercent":8,"termMonths":10{{more.Trim()}}}""",
            HttpStatusCode.OK
        );

        quote.Text.ShouldBe(expected.Trim());
        var office = new Office(fixture, currency);
        (await office.CountAsync()).ShouldBe(0);
        var offer = await office.OfferAsync();
        foreach (var member in quote.Json.EnumerateObject())
        {
            offer[member.Name].ShouldBe(member.Value.ToString());
        }
    }

    [Theory]
    [InlineData("loanAmount", "null", "not-null")]
    [InlineData("loanAmount", "\"10000\"", "wrong-type")]
    [InlineData("loanAmount", "499.99", "inclusive-between")]
    [InlineData("loanAmount", "1000000.01", "inclusive-between")]
    [InlineData("loanAmount", "1000.0001", "too-many-decimals")]
    [InlineData("annualRatePercent", "null", "not-null")]
    [InlineData("annualRatePercent", "{}", "wrong-type")]
    [InlineData("annualRatePercent", "-1", "inclusive-between")]
    [InlineData("annualRatePercent", "50.000001", "inclusive-between")]
    [InlineData("annualRatePercent", "1.1234567", "too-many-decimals")]
    [InlineData("termMonths", "null", "not-null")]
    [InlineData("termMonths", "1.5", "wrong-type")]
    [InlineData("termMonths", "0", "inclusive-between")]
    [InlineData("termMonths", "601", "inclusive-between")]
    [InlineData("currency", "null", "unknown-currency")]
    [InlineData("currency", "5", "wrong-type")]
    [InlineData("currency", "\"eur\"", "unknown-currency")]
    [InlineData("currency", "\"EUROS\"", "unknown-currency")]
    [InlineData("customerId", "\"0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10\"", "unknown-member")]
    public async Task A_bad_member_is_named(string member, string json, string code)
    {
        var body = JsonNode.Parse("""{"loanAmount":10000,"annualRatePercent":8,"termMonths":10,"currency":"EUR"}""")!;
        body[member] = JsonNode.Parse(json);

        var answer = await Anybody.SendAsync("POST", Path, body.ToJsonString());

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([member]);
        answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task All_missing_members_are_named_at_once() =>
        (await Anybody.SendAsync("POST", Path, "{}")).WrongFields.ShouldBe(
            ["loanAmount", "annualRatePercent", "termMonths"],
            ignoreOrder: true
        );

    [Theory]
    [InlineData("EUR", "1000.001")]
    [InlineData("JPY", "1000.5")]
    public async Task An_amount_with_more_decimals_than_the_currency_is_refused(string currency, string amount)
    {
        var body = $$"""{"loanAmount":{{amount}},"annualRatePercent":8,"termMonths":10,"currency":"{{currency}}"}""";

        (await Anybody.SendAsync("POST", Path, body))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "amount-scale")
            .WrongFields.ShouldBe(["loanAmount"]);
    }

    [Fact]
    public Task Bodies_that_are_wrong_as_such_are_refused() => Anybody.ShouldBeRefusedAsync("POST", Path);
}
