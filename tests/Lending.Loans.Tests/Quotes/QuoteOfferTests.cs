using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Loans.Tests.Quotes;

/// <summary>Quotes of one loan, without a product.</summary>
public sealed class QuoteOfferTests(LoansFixture fixture)
{
    private const string Path = "/loan-offers/quote";

    // The European Commission's: 200,000 at 6 % over 240 months with a fee of 4,000 at the start.
    private const string Mortgage = """
        "loanAmount":200000,"annualRatePercent":6,"termMonths":240,"fees":{"upfront":{"amount":4000}}
        """;

    private HttpClient Anybody => fixture.Host.Client;

    [Theory]
    [InlineData("", "EUR", "10000.00", "1037.03", "10370.30", "370.30")]
    [InlineData(",\"currency\":\"JPY\"", "JPY", "10000", "1037", "10370", "370")]
    public async Task Anybody_gets_the_figures_that_an_offer_would_have(
        string more,
        string currency,
        string amount,
        string payment,
        string total,
        string interest
    )
    {
        var quote = await QuoteAsync($$"""{"loanAmount":10000,"annualRatePercent":8,"termMonths":10{{more}}}""");

        quote["loanAmount"].ShouldBe(amount);
        quote["monthlyPayment"].ShouldBe(payment);
        quote["totalPayment"].ShouldBe(total);
        quote["totalInterest"].ShouldBe(interest);
        var office = new Office(fixture, currency);
        (await office.CountAsync()).ShouldBe(0);
        var offer = await office.OfferAsync();
        foreach (
            var member in (string[])
                ["loanAmount", "currency", "annualRatePercent", "termMonths", "monthlyPayment", "totalPayment", "totalInterest"]
        )
        {
            offer[member].ShouldBe(quote[member]);
        }
    }

    [Fact]
    public async Task A_quote_says_everything_about_a_loan()
    {
        var quote = await QuoteAsync(
            """
            {
              "loanAmount": 10000, "annualRatePercent": 8, "termMonths": 10, "dealerFeePercent": 5, "firstDueDate": "2027-01-31",
              "fees": { "upfront": { "percent": 1 }, "financed": { "amount": 200 }, "monthly": { "amount": 2.5 } }
            }
            """
        );

        // 10,200 owed: PMT gives 1057.77.
        var expected = JsonNode.Parse(
            """
            {
              "loanAmount": 10000.00, "currency": "EUR", "annualRatePercent": 8, "termMonths": 10,
              "monthlyPayment": 1057.77, "totalPayment": 10577.70, "totalInterest": 377.70,
              "method": "equal-instalments", "methodVersion": 1, "dayCount": "30/360", "interestOnlyMonths": 0, "rateSteps": [],
              "instalments": [{ "fromNumber": 1, "toNumber": 10, "payment": 1057.77 }],
              "fees": { "upfront": 100.00, "financed": 200.00, "monthly": 2.50, "total": 325.00 },
              "dealerFee": 500.00, "cashPrice": 9500.00, "amountOfCredit": 9500.00, "amountOwed": 10200.00,
              "totalPayable": 10702.70, "totalCostOfCredit": 1202.70,
              "payoutDate": "2026-12-31", "firstDueDate": "2027-01-31", "lastDueDate": "2027-10-31"
            }
            """
        )!;
        var answered = JsonNode.Parse(quote.Text)!.AsObject();
        foreach (var (member, value) in expected.AsObject())
        {
            answered[member]!.ToJsonString().ShouldBe(value!.ToJsonString(), member);
        }
        answered
            .Select(member => member.Key)
            .Except(expected.AsObject().Select(member => member.Key))
            .ShouldBe(["aprcPercent", "aprcPercentDisplayed"]);
        // The rate at which 9,400 now is worth ten payments of 1,060.27.
        var growth = Math.Pow(1 + (double)Number(quote, "aprcPercent") / 100, 1 / 12d);
        Enumerable.Range(1, 10).Sum(month => 1060.27 / Math.Pow(growth, month)).ShouldBe(9400, 1e-3);
        Number(quote, "aprcPercentDisplayed").ShouldBe(Math.Round(Number(quote, "aprcPercent"), 1, MidpointRounding.AwayFromZero));
    }

    [Theory]
    [InlineData("", "1432.86", 6.434412)]
    // Paid out three days before a month before the first due date.
    [InlineData(
        """
            ,"payoutDate":"2015-01-01","firstDueDate":"2015-02-04","stubDayCount":"actual/365f"
            """,
        "1433.57",
        6.434185
    )]
    [InlineData(
        """
            ,"payoutDate":"2015-01-01","firstDueDate":"2015-01-15","stubDayCount":"actual/365f"
            """,
        "1429.01",
        6.435937
    )]
    [InlineData(
        """
            ,"method":"equal-principal"
            """,
        "1833.33",
        6.476009
    )]
    public async Task Answers_the_European_Commissions_examples(string more, string payment, double aprc)
    {
        var quote = await QuoteAsync($$"""{ {{Mortgage}} {{more}} }""");

        quote["monthlyPayment"].ShouldBe(payment);
        ((double)Number(quote, "aprcPercent")).ShouldBe(aprc, 1e-5);
        Number(quote, "aprcPercentDisplayed").ShouldBe(Math.Round((decimal)aprc, 1));
        if (more.Length == 0)
        {
            quote["totalPayable"].ShouldBe("347886.40");
        }
    }

    // The Commission computes with the unrounded instalment: its balances are those of equal-instalments, its interest that of declining-balance.
    [Theory]
    [InlineData("equal-instalments", "1000.00 997.83 995.66", "199567.14 199132.11 198694.91")]
    [InlineData("declining-balance", "1000.00 997.84 995.66", "199567.14 199132.12 198694.92")]
    public async Task A_schedule_is_answered_where_it_is_asked_for(string method, string interest, string balances)
    {
        var quote = await QuoteAsync($$"""{ {{Mortgage}}, "method":"{{method}}", "includeSchedule":true, "firstDueDate":"2024-01-31" }""");

        var rows = quote.Json.GetProperty("schedule").EnumerateArray().ToList();
        rows.Count.ShouldBe(240);
        rows.Take(3).Select(row => row.GetProperty("interest").GetRawText()).ShouldBe(interest.Split(' '));
        rows.Take(3).Select(row => row.GetProperty("balance").GetRawText()).ShouldBe(balances.Split(' '));
        rows.Take(3).Select(row => row.GetProperty("dueDate").GetString()).ShouldBe(["2024-01-31", "2024-02-29", "2024-03-31"]);
        rows[^1].GetProperty("balance").GetRawText().ShouldBe("0.00");
        rows[^1].GetProperty("dueDate").GetString().ShouldBe(quote["lastDueDate"]);
        (await QuoteAsync($$"""{ {{Mortgage}} }""")).Json.TryGetProperty("schedule", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_fee_each_month_is_beside_the_instalment_and_a_financed_one_is_in_it()
    {
        var monthly = await QuoteAsync(
            """{"loanAmount":200000,"annualRatePercent":6,"termMonths":240,"fees":{"upfront":{"amount":4000},"monthly":{"amount":16.67}}}"""
        );
        var financed = await QuoteAsync(
            """{"loanAmount":200000,"annualRatePercent":6,"termMonths":240,"fees":{"upfront":{"amount":4000},"financed":{"percent":4}}}"""
        );

        monthly["monthlyPayment"].ShouldBe("1432.86");
        monthly["fees.monthly"].ShouldBe("16.67");
        ((double)Number(monthly, "aprcPercent")).ShouldBe(6.588554, 1e-5);
        financed["amountOwed"].ShouldBe("208000.00");
        financed["amountOfCredit"].ShouldBe("200000.00");
        financed["monthlyPayment"].ShouldBe("1490.18");
        ((double)Number(financed, "aprcPercent")).ShouldBe(6.961575, 1e-5);
    }

    [Fact]
    public async Task Rates_can_change_and_the_first_months_can_bear_interest_only()
    {
        var steps = await QuoteAsync(
            """
            {
              "loanAmount":200000, "annualRatePercent":5, "termMonths":240, "fees":{"upfront":{"amount":4000}},
              "rateSteps":[{"fromInstalment":25,"annualRatePercent":6}]
            }
            """
        );
        var interestOnly = await QuoteAsync(
            """
            {
              "loanAmount":200000, "annualRatePercent":7, "termMonths":240, "fees":{"upfront":{"amount":4000}},
              "interestOnlyMonths":239
            }
            """
        );

        GroupsOf(steps).Take(2).ShouldBe(["1-24 1319.91", "25-240 1423.41"]);
        steps["rateSteps"].ShouldBe("""[{"fromInstalment":25,"annualRatePercent":6}]""");
        ((double)Number(steps, "aprcPercent")).ShouldBe(6.190654, 1e-5);
        GroupsOf(interestOnly).ShouldBe(["1-239 1166.67", "240-240 201166.67"]);
        ((double)Number(interestOnly, "aprcPercent")).ShouldBe(7.430479, 1e-5);
    }

    [Theory]
    [InlineData("EUR", "21052.63", "1052.63", "20000.00")]
    [InlineData("JPY", "21053", "1053", "20000")]
    [InlineData("KWD", "21052.632", "1052.632", "20000.000")]
    public async Task A_cash_price_is_what_is_left_of_the_amount_without_the_dealer_fee(
        string currency,
        string amount,
        string fee,
        string price
    )
    {
        var quote = await QuoteAsync(
            $$"""{"cashPrice":20000,"dealerFeePercent":5,"annualRatePercent":6,"termMonths":60,"currency":"{{currency}}"}"""
        );

        quote["loanAmount"].ShouldBe(amount);
        quote["dealerFee"].ShouldBe(fee);
        quote["cashPrice"].ShouldBe(price);
        quote["amountOfCredit"].ShouldBe(price);
    }

    [Theory]
    [InlineData("actual/actual-isda")]
    [InlineData("actual/365f")]
    [InlineData("actual/360")]
    [InlineData("30E/360")]
    [InlineData("actual/actual-icma")]
    public async Task Days_are_counted_as_asked_for(string dayCount)
    {
        var quote = await QuoteAsync(
            $$"""
            {
              "loanAmount":1000, "annualRatePercent":12, "termMonths":6, "dayCount":"{{dayCount}}", "method":"declining-balance",
              "payoutDate":"2024-01-01", "firstDueDate":"2024-02-01", "includeSchedule":true
            }
            """
        );

        var days = dayCount switch
        {
            "actual/actual-isda" => 31 / 366m,
            "actual/365f" => 31 / 365m,
            "actual/360" => 31 / 360m,
            _ => 1 / 12m,
        };
        quote["dayCount"].ShouldBe(dayCount);
        quote.Json.GetProperty("schedule")[0].GetProperty("interest").GetDecimal().ShouldBe(Math.Round(120 * days, 2));
    }

    [Theory]
    [InlineData("\"payoutDate\":\"2024-01-31\"", "2024-01-31", "2024-02-29", "2024-11-29")]
    [InlineData("\"firstDueDate\":\"2024-03-31\"", "2024-02-29", "2024-03-31", "2024-12-31")]
    [InlineData("\"payoutDate\":\"2024-01-10\",\"firstDueDate\":\"2024-03-05\"", "2024-01-10", "2024-03-05", "2024-12-05")]
    public async Task A_date_that_is_left_out_is_a_month_from_the_other(string dates, string payout, string firstDue, string lastDue)
    {
        var quote = await QuoteAsync($$"""{"loanAmount":10000,"annualRatePercent":8,"termMonths":10,{{dates}}}""");

        quote["payoutDate"].ShouldBe(payout);
        quote["firstDueDate"].ShouldBe(firstDue);
        quote["lastDueDate"].ShouldBe(lastDue);
    }

    [Fact]
    public async Task Without_dates_the_loan_is_paid_out_today()
    {
        var before = Today();
        var quote = await QuoteAsync("""{"loanAmount":10000,"annualRatePercent":8,"termMonths":10}""");

        var payout = DateOf(quote, "payoutDate");
        payout.ShouldBeInRange(before, Today());
        DateOf(quote, "firstDueDate").ShouldBe(payout.AddMonths(1));
        DateOf(quote, "lastDueDate").ShouldBe(payout.AddMonths(1).AddMonths(9));

        DateOnly Today() => DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime);
        static DateOnly DateOf(Answer quote, string member) => DateOnly.FromDateTime(quote.Json.GetProperty(member).GetDateTime());
    }

    [Theory]
    [InlineData("\"annualRatePercent\":6,\"termMonths\":120")]
    [InlineData("\"annualRatePercent\":0,\"termMonths\":36")]
    [InlineData("\"annualRatePercent\":6,\"termMonths\":120,\"fees\":{\"monthly\":{\"amount\":2},\"financed\":{\"percent\":3}}")]
    [InlineData("\"annualRatePercent\":6,\"termMonths\":120,\"fees\":{\"monthly\":{\"percent\":0.01}}")]
    [InlineData("\"annualRatePercent\":6,\"termMonths\":120,\"method\":\"declining-balance\",\"interestOnlyMonths\":12")]
    [InlineData("\"annualRatePercent\":6,\"termMonths\":120,\"method\":\"equal-principal\"")]
    [InlineData("\"annualRatePercent\":6,\"termMonths\":120,\"currency\":\"KWD\"")]
    [InlineData("\"annualRatePercent\":6,\"termMonths\":120,\"currency\":\"JPY\"")]
    public async Task What_a_budget_buys_costs_that_much_when_it_is_quoted_again(string terms)
    {
        var solved = await QuoteAsync($$"""{"monthlyBudget":250,{{terms}}}""");

        var amount = Number(solved, "loanAmount");
        (Number(solved, "monthlyPayment") + Number(solved, "fees.monthly")).ShouldBeLessThanOrEqualTo(250);
        var again = await QuoteAsync($$"""{"loanAmount":{{solved["loanAmount"]}},{{terms}}}""");
        again.Text.ShouldBe(solved.Text);
        var unit = solved["currency"] switch
        {
            "JPY" => 1,
            "KWD" => 0.001m,
            _ => 0.01m,
        };
        var more = await QuoteAsync($$"""{"loanAmount":{{Text(amount + unit)}},{{terms}}}""");
        (Number(more, "monthlyPayment") + Number(more, "fees.monthly")).ShouldBeGreaterThan(250);
    }

    [Theory]
    [InlineData("\"loanAmount\":20000,\"annualRatePercent\":6")]
    [InlineData("\"cashPrice\":20000,\"dealerFeePercent\":5,\"annualRatePercent\":6,\"fees\":{\"monthly\":{\"amount\":2}}")]
    [InlineData("\"loanAmount\":20000,\"annualRatePercent\":0")]
    public async Task The_term_that_a_budget_needs_is_the_shortest(string terms)
    {
        var solved = await QuoteAsync($$"""{"monthlyBudget":250,{{terms}}}""");

        var term = solved.Json.GetProperty("termMonths").GetInt32();
        (Number(solved, "monthlyPayment") + Number(solved, "fees.monthly")).ShouldBeLessThanOrEqualTo(250);
        (await QuoteAsync($$"""{"termMonths":{{term}},{{terms}}}""")).Text.ShouldBe(solved.Text);
        var shorter = await QuoteAsync($$"""{"termMonths":{{term - 1}},{{terms}}}""");
        (Number(shorter, "monthlyPayment") + Number(shorter, "fees.monthly")).ShouldBeGreaterThan(250);
    }

    [Fact]
    public async Task The_limits_of_a_loan_limit_what_a_budget_buys()
    {
        (await QuoteAsync("""{"monthlyBudget":1000000,"annualRatePercent":6,"termMonths":120}"""))["loanAmount"].ShouldBe("1000000.00");
        (await QuoteAsync("""{"monthlyBudget":1000000,"annualRatePercent":6,"loanAmount":500}"""))["termMonths"].ShouldBe("1");
        await ShouldRefuseAsync("""{"monthlyBudget":1,"annualRatePercent":6,"termMonths":120}""", "budget-too-small", "monthlyBudget");
        await ShouldRefuseAsync("""{"monthlyBudget":100,"annualRatePercent":6,"loanAmount":100000}""", "budget-too-small", "monthlyBudget");
    }

    [Theory]
    [InlineData(
        "\"loanAmount\":1000000,\"annualRatePercent\":50,\"termMonths\":600,\"method\":\"declining-balance\"",
        "does-not-amortise",
        "termMonths"
    )]
    [InlineData(
        "\"loanAmount\":1000,\"annualRatePercent\":0,\"termMonths\":60,\"rateSteps\":[{\"fromInstalment\":13,\"annualRatePercent\":5}]",
        "interest-free-in-part",
        "method"
    )]
    [InlineData(
        "\"loanAmount\":1000,\"annualRatePercent\":5,\"termMonths\":12,\"interestOnlyMonths\":12",
        "interest-only-months-out-of-range",
        "interestOnlyMonths"
    )]
    [InlineData(
        "\"loanAmount\":1000,\"annualRatePercent\":5,\"termMonths\":12,\"rateSteps\":[{\"fromInstalment\":13,\"annualRatePercent\":5}]",
        "rate-steps-invalid",
        "rateSteps"
    )]
    [InlineData(
        "\"loanAmount\":1000,\"annualRatePercent\":5,\"termMonths\":12,\"payoutDate\":\"2026-01-01\",\"firstDueDate\":\"2025-12-31\"",
        "first-due-date-out-of-range",
        "firstDueDate"
    )]
    [InlineData(
        "\"loanAmount\":1000,\"annualRatePercent\":5,\"termMonths\":12,\"payoutDate\":\"2026-01-01\",\"firstDueDate\":\"2027-01-02\"",
        "first-due-date-out-of-range",
        "firstDueDate"
    )]
    [InlineData(
        "\"loanAmount\":1000000,\"annualRatePercent\":5,\"termMonths\":12,\"fees\":{\"financed\":{\"percent\":1}}",
        "amount-owed-out-of-range",
        "fees.financed"
    )]
    [InlineData(
        "\"loanAmount\":1000,\"annualRatePercent\":5,\"termMonths\":12,\"fees\":{\"upfront\":{\"amount\":1000}}",
        "aprc-out-of-range",
        "fees"
    )]
    [InlineData("\"cashPrice\":100,\"annualRatePercent\":5,\"termMonths\":12", "loan-amount-out-of-range", "cashPrice")]
    [InlineData(
        "\"cashPrice\":1000000,\"dealerFeePercent\":1,\"annualRatePercent\":5,\"termMonths\":12",
        "loan-amount-out-of-range",
        "cashPrice"
    )]
    [InlineData("\"loanAmount\":1000.001,\"annualRatePercent\":5,\"termMonths\":12", "amount-scale", "loanAmount")]
    [InlineData("\"loanAmount\":1000.5,\"annualRatePercent\":5,\"termMonths\":12,\"currency\":\"JPY\"", "amount-scale", "loanAmount")]
    [InlineData("\"cashPrice\":1000.5,\"annualRatePercent\":5,\"termMonths\":12,\"currency\":\"JPY\"", "amount-scale", "cashPrice")]
    [InlineData("\"monthlyBudget\":1000.5,\"annualRatePercent\":5,\"termMonths\":12,\"currency\":\"JPY\"", "amount-scale", "monthlyBudget")]
    [InlineData(
        "\"loanAmount\":1000,\"annualRatePercent\":5,\"termMonths\":12,\"fees\":{\"monthly\":{\"amount\":1.001}}",
        "amount-scale",
        "fees.monthly.amount"
    )]
    public async Task Terms_that_make_no_loan_are_refused_with_what_to_change(string terms, string code, string field)
    {
        await ShouldRefuseAsync($$"""{ {{terms}} }""", code, field);

        // The same as an alternative, which is named.
        var other = $$"""{"loanAmount":10000,"annualRatePercent":8,"termMonths":10,"alternatives":[{},{ {{terms}} }]}""";
        await ShouldRefuseAsync(other, code, $"alternatives[1].{field}");
    }

    [Theory]
    [InlineData("loanAmount", "null", "not-null")]
    [InlineData("loanAmount", "\"10000\"", "wrong-type")]
    [InlineData("loanAmount", "499.99", "inclusive-between")]
    [InlineData("loanAmount", "1000000.01", "inclusive-between")]
    [InlineData("loanAmount", "1e28", "inclusive-between")]
    [InlineData("loanAmount", "1e99", "wrong-type")]
    [InlineData("loanAmount", "1000.0001", "too-many-decimals")]
    [InlineData("cashPrice", "20000", "amount-or-cash-price")]
    [InlineData("annualRatePercent", "null", "not-null")]
    [InlineData("annualRatePercent", "{}", "wrong-type")]
    [InlineData("annualRatePercent", "-1", "inclusive-between")]
    [InlineData("annualRatePercent", "50.000001", "inclusive-between")]
    [InlineData("annualRatePercent", "1.1234567", "too-many-decimals")]
    [InlineData("termMonths", "null", "not-null")]
    [InlineData("termMonths", "1.5", "wrong-type")]
    [InlineData("termMonths", "0", "inclusive-between")]
    [InlineData("termMonths", "601", "inclusive-between")]
    [InlineData("termMonths", "99999999999", "wrong-type")]
    [InlineData("monthlyBudget", "250", "two-of-three")]
    [InlineData("currency", "null", "unknown-currency")]
    [InlineData("currency", "5", "wrong-type")]
    [InlineData("currency", "\"eur\"", "unknown-currency")]
    [InlineData("currency", "\"EUROS\"", "unknown-currency")]
    [InlineData("method", "\"annuity\"", "unknown-method")]
    [InlineData("method", "0", "wrong-type")]
    [InlineData("dayCount", "\"30/365\"", "unknown-day-count")]
    [InlineData("stubDayCount", "\"\"", "unknown-day-count")]
    [InlineData("interestOnlyMonths", "-1", "inclusive-between")]
    [InlineData("interestOnlyMonths", "600", "inclusive-between")]
    [InlineData("rateSteps", "5", "wrong-type")]
    [InlineData("dealerFeePercent", "-0.1", "inclusive-between")]
    [InlineData("dealerFeePercent", "50.1", "inclusive-between")]
    [InlineData("dealerFeePercent", "0.1234567", "too-many-decimals")]
    [InlineData("payoutDate", "\"1899-12-31\"", "inclusive-between")]
    [InlineData("payoutDate", "\"9999-12-31\"", "inclusive-between")]
    [InlineData("payoutDate", "\"2026-02-30\"", "wrong-type")]
    [InlineData("firstDueDate", "\"0001-01-01\"", "inclusive-between")]
    [InlineData("firstDueDate", "\"2200-01-01\"", "inclusive-between")]
    [InlineData("firstDueDate", "20260101", "wrong-type")]
    [InlineData("includeSchedule", "\"yes\"", "wrong-type")]
    [InlineData("productId", "\"solar\"", "wrong-type")]
    [InlineData("alternatives", "{}", "wrong-type")]
    [InlineData("customerId", "\"0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10\"", "unknown-member")]
    public async Task A_bad_member_is_named(string member, string json, string code)
    {
        var body = JsonNode.Parse("""{"loanAmount":10000,"annualRatePercent":8,"termMonths":10,"currency":"EUR"}""")!;
        body[member] = JsonNode.Parse(json);

        var answer = await Anybody.SendAsync("POST", Path, body.ToJsonString());

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        ErrorsOf(answer).ShouldBe([$"{member} {code}"]);
    }

    [Theory]
    [InlineData("{}", "loanAmount not-null", "termMonths not-null", "annualRatePercent not-null")]
    [InlineData("""{"monthlyBudget":250,"annualRatePercent":5}""", "monthlyBudget two-of-three")]
    [InlineData("""{"monthlyBudget":0,"termMonths":12}""", "monthlyBudget inclusive-between", "annualRatePercent not-null")]
    [InlineData(
        """
            {"loanAmount":1,"termMonths":0,"annualRatePercent":51,"currency":"X","method":"x","dayCount":"x","stubDayCount":"x","interestOnlyMonths":-1,
             "rateSteps":[{"fromInstalment":1},null],"fees":{"upfront":{},"monthly":{"percent":51}},"dealerFeePercent":51,"payoutDate":"1000-01-01",
             "firstDueDate":"3000-01-01"}
            """,
        "loanAmount inclusive-between",
        "termMonths inclusive-between",
        "annualRatePercent inclusive-between",
        "currency unknown-currency",
        "method unknown-method",
        "dayCount unknown-day-count",
        "stubDayCount unknown-day-count",
        "interestOnlyMonths inclusive-between",
        "rateSteps[0].fromInstalment inclusive-between",
        "rateSteps[0].annualRatePercent not-null",
        "rateSteps[1] not-null",
        "fees.upfront amount-or-percent",
        "fees.monthly.percent inclusive-between",
        "dealerFeePercent inclusive-between",
        "payoutDate inclusive-between",
        "firstDueDate inclusive-between"
    )]
    public async Task All_bad_and_missing_members_are_named_at_once(string body, params string[] errors) =>
        ErrorsOf(await Anybody.SendAsync("POST", Path, body)).ShouldBe(errors, ignoreOrder: true);

    [Fact]
    public Task Bodies_that_are_wrong_as_such_are_refused() => Anybody.ShouldBeRefusedAsync("POST", Path);

    private static IEnumerable<string> GroupsOf(Answer quote) =>
        quote
            .Json.GetProperty("instalments")
            .EnumerateArray()
            .Select(group =>
                $"{group.GetProperty("fromNumber")}-{group.GetProperty("toNumber")} {group.GetProperty("payment").GetRawText()}"
            );

    private static IEnumerable<string> ErrorsOf(Answer answer) =>
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => $"{error.GetProperty("name").GetString()} {error.GetProperty("code").GetString()}");

    private static decimal Number(Answer quote, string member) => JsonElement.Parse(quote[member]!).GetDecimal();

    private static string Text(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Task<Answer> QuoteAsync(string body) => Anybody.PostAsync(Path, body, HttpStatusCode.OK);

    private async Task ShouldRefuseAsync(string body, string code, string field) =>
        (await Anybody.SendAsync("POST", Path, body)).ShouldBeProblem(HttpStatusCode.BadRequest, code).WrongFields.ShouldBe([field]);
}
