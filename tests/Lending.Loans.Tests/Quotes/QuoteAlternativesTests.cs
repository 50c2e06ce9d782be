using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Loans.Tests.Quotes;

/// <summary>Several loans in one request.</summary>
public sealed class QuoteAlternativesTests(LoansFixture fixture)
{
    private const string Path = "/loan-offers/quote";
    private const string Main = "\"loanAmount\":10000,\"annualRatePercent\":8,\"termMonths\":10";

    private HttpClient Anybody => fixture.Host.Client;

    [Theory]
    [InlineData("{}", $"{{{Main}}}")]
    [InlineData("""{"termMonths":20}""", """{"loanAmount":10000,"annualRatePercent":8,"termMonths":20}""")]
    [InlineData("""{"cashPrice":9000}""", """{"cashPrice":9000,"annualRatePercent":8,"termMonths":10}""")]
    [InlineData(
        """{"annualRatePercent":7,"method":"declining-balance","dayCount":"actual/360","payoutDate":"2026-01-01"}""",
        """{"loanAmount":10000,"annualRatePercent":7,"termMonths":10,"method":"declining-balance","dayCount":"actual/360","payoutDate":"2026-01-01"}"""
    )]
    [InlineData("""{"monthlyBudget":300,"termMonths":30}""", """{"monthlyBudget":300,"termMonths":30,"annualRatePercent":8}""")]
    [InlineData("""{"monthlyBudget":300,"loanAmount":5000}""", """{"monthlyBudget":300,"loanAmount":5000,"annualRatePercent":8}""")]
    [InlineData("""{"currency":"JPY","includeSchedule":true}""", $$"""{ {{Main}},"currency":"JPY","includeSchedule":true}""")]
    public async Task An_alternative_is_the_main_loan_but_for_what_it_says(string alternative, string alone)
    {
        var answer = await Anybody.PostAsync(Path, $$"""{ {{Main}},"alternatives":[{{alternative}}]}""", HttpStatusCode.OK);

        var expected = await Anybody.PostAsync(Path, alone, HttpStatusCode.OK);
        answer.Json.GetProperty("alternatives").EnumerateArray().Select(quote => quote.GetRawText()).ShouldBe([expected.Text]);
        answer["monthlyPayment"].ShouldBe("1037.03");
    }

    [Fact]
    public async Task An_alternative_takes_fees_steps_and_dates_from_the_main_loan()
    {
        const string more = """
            "fees":{"upfront":{"amount":100},"monthly":{"amount":1}},"dealerFeePercent":2,"rateSteps":[{"fromInstalment":5,"annualRatePercent":9}],
            "interestOnlyMonths":2,"method":"declining-balance","dayCount":"actual/365f","stubDayCount":"actual/360","payoutDate":"2026-01-01",
            "firstDueDate":"2026-02-10","currency":"KWD","includeSchedule":true
            """;
        var answer = await Anybody.PostAsync(Path, $$"""{ {{Main}},{{more}},"alternatives":[{"loanAmount":20000}]}""", HttpStatusCode.OK);

        var expected = await Anybody.PostAsync(
            Path,
            $$"""{"loanAmount":20000,"annualRatePercent":8,"termMonths":10,{{more}} }""",
            HttpStatusCode.OK
        );
        answer.Json.GetProperty("alternatives")[0].GetRawText().ShouldBe(expected.Text);
    }

    [Fact]
    public async Task Twenty_loans_are_quoted_in_order_and_twenty_one_are_refused()
    {
        var quoted = await Anybody.PostAsync(Path, Body(19), HttpStatusCode.OK);
        quoted
            .Json.GetProperty("alternatives")
            .EnumerateArray()
            .Select(quote => quote.GetProperty("termMonths").GetInt32())
            .ShouldBe(Enumerable.Range(11, 19));

        (await Anybody.SendAsync("POST", Path, Body(20)))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["alternatives"]);

        static string Body(int alternatives)
        {
            var body = JsonNode.Parse($$"""{ {{Main}} }""")!;
            body["alternatives"] = new JsonArray([
                .. Enumerable.Range(11, alternatives).Select(term => new JsonObject { ["termMonths"] = term }),
            ]);
            return body.ToJsonString();
        }
    }

    [Fact]
    public async Task Of_too_many_loans_none_is_looked_at()
    {
        var alternatives = string.Join(',', Enumerable.Repeat("""{"termMonths":0}""", 5_000));

        var answer = await Anybody.SendAsync("POST", Path, $$"""{ {{Main}},"alternatives":[{{alternatives}}]}""");

        ErrorsOf(answer).ShouldBe(["alternatives too-many"]);
    }

    [Fact]
    public async Task All_wrong_fields_of_all_loans_are_named_at_once()
    {
        var answer = await Anybody.SendAsync(
            "POST",
            Path,
            """
            {
              "loanAmount": 1, "termMonths": 10,
              "alternatives": [
                { "termMonths": 0 },
                { "loanAmount": 5000, "cashPrice": 5000 },
                null,
                { "monthlyBudget": 100 },
                { "productId": "0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10", "method": "x", "rateSteps": [{}] }
              ]
            }
            """
        );

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        ErrorsOf(answer)
            .ShouldBe(
                [
                    "loanAmount inclusive-between",
                    "annualRatePercent not-null",
                    "alternatives[0].termMonths inclusive-between",
                    "alternatives[1].cashPrice amount-or-cash-price",
                    "alternatives[2] not-null",
                    "alternatives[3].monthlyBudget two-of-three",
                    "alternatives[4].method unknown-method",
                    "alternatives[4].method set-by-product",
                    "alternatives[4].rateSteps[0].fromInstalment not-null",
                    "alternatives[4].rateSteps[0].annualRatePercent not-null",
                    "alternatives[4].rateSteps set-by-product",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task All_loans_that_make_no_loan_are_named_at_once()
    {
        var answer = await Anybody.SendAsync(
            "POST",
            Path,
            """
            {
              "loanAmount": 10000.001, "annualRatePercent": 8, "termMonths": 10,
              "alternatives": [
                { "loanAmount": 5000 },
                { "loanAmount": 1000000, "annualRatePercent": 50, "termMonths": 600, "method": "declining-balance" },
                { "loanAmount": 1000, "fees": { "upfront": { "amount": 0.001 }, "monthly": { "amount": 0.001 } } },
                { "productId": "0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10", "loanAmount": 1000 }
              ]
            }
            """
        );

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        ErrorsOf(answer)
            .ShouldBe([
                "loanAmount amount-scale",
                "alternatives[1].termMonths does-not-amortise",
                "alternatives[2].fees.upfront.amount amount-scale",
                "alternatives[2].fees.monthly.amount amount-scale",
                "alternatives[3].productId unknown-product",
            ]);
    }

    [Theory]
    [InlineData("""{"termMonths":"10"}""", "alternatives[0].termMonths", "wrong-type")]
    [InlineData("""{"months":10}""", "alternatives[0].months", "unknown-member")]
    [InlineData("""{"alternatives":[]}""", "alternatives[0].alternatives", "unknown-member")]
    [InlineData("""{"loanAmount":1e99}""", "alternatives[0].loanAmount", "wrong-type")]
    [InlineData("""{"payoutDate":"2026-13-01"}""", "alternatives[0].payoutDate", "wrong-type")]
    [InlineData("""{"payoutDate":"9999-12-31"}""", "alternatives[0].payoutDate", "inclusive-between")]
    [InlineData("""{"termMonths":1,"termMonths":2}""", "alternatives[0].termMonths", "duplicate-member")]
    public async Task A_bad_member_of_an_alternative_is_named(string alternative, string field, string code) =>
        ErrorsOf(await Anybody.SendAsync("POST", Path, $$"""{ {{Main}},"alternatives":[{{alternative}}]}""")).ShouldBe([$"{field} {code}"]);

    private static IEnumerable<string> ErrorsOf(Answer answer) =>
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => $"{error.GetProperty("name").GetString()} {error.GetProperty("code").GetString()}");
}
