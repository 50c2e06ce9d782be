using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Servicing.Books;
using Lending.Testing;

namespace Lending.Servicing.Tests.LoanAccounts;

/// <summary>The published cases are sent through the code behind this slice by Lending.Servicing.Books.Tests; here it is HTTP that counts.</summary>
public sealed class SimulateLoanTests(ServicingFixture fixture)
{
    private HttpClient Staff => fixture.Host.ClientFor(Persons.Installer(Unique.Id()));

    // Fineract's LoanRepayment.feature:606: case D1.
    private static object Loan(string asOf = "2022-12-01", string surplus = "smaller") =>
        new
        {
            principal = 5_000,
            annualRatePercent = 12,
            dayCount = "actual/365f",
            interestRounding = "each-balance",
            overdueBearsContractInterest = true,
            instalmentMultiple = 1,
            allocation = "penalties-fees-interest-principal",
            surplus,
            firstDueOn = "2022-12-01",
            count = 6,
            payment = 862,
            events = new object[]
            {
                new
                {
                    type = "tranche",
                    on = "2022-11-01",
                    amount = 5_000,
                },
                new
                {
                    type = "payment",
                    on = "2022-12-01",
                    amount = 863,
                },
            },
            asOf,
        };

    [Fact]
    public async Task A_published_life_comes_out()
    {
        var answer = await Staff.PostAsync("/loan-accounts/simulate", Loan(), HttpStatusCode.OK);

        var schedule = JsonNode.Parse(answer.Text)!["state"]!["schedule"]!.AsArray();
        schedule.Select(row => row!["interest"]!.GetValue<decimal>()).ShouldBe([49.32m, 42.67m, 34.32m, 23.38m, 17.33m, 8.44m]);
        schedule[5]!["due"]!.GetValue<decimal>().ShouldBe(864.46m);
    }

    // That the figures are those that were published is tested beside the books; here, that the API says what they say.
    [Fact]
    public async Task Every_published_case_comes_out_of_the_API_as_out_of_the_books()
    {
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "published-cases.json")))!.AsArray();
        cases.Count.ShouldBeGreaterThan(70);
        foreach (var (test, expect) in cases.SelectMany(test => test!["expect"]!.AsArray().Select(expect => (test, expect!))))
        {
            var body = test["loan"]!.DeepClone().AsObject();
            body["events"] = test["events"]!.DeepClone();
            body["payoffOn"] = test["payoffOn"]?.DeepClone() ?? new JsonArray();
            body["asOf"] = expect["asOf"]!.DeepClone();

            var answer = await Staff.PostAsync("/loan-accounts/simulate", body, HttpStatusCode.OK);

            var books = LoanSimulation.Run(body.Deserialize<SimulatedLoan>(JsonSerializerOptions.Web)!);
            var state = answer.Json.GetProperty("state");
            var about = $"{test["id"]}, {expect["asOf"]}";
            state.GetProperty("principalOutstanding").GetDecimal().ShouldBe(books.State.PrincipalOutstanding, about);
            state.GetProperty("credit").GetDecimal().ShouldBe(books.State.Credit, about);
            state
                .GetProperty("schedule")
                .EnumerateArray()
                .Select(Row)
                .ShouldBe(books.State.Schedule.Select(row => (row.Principal, row.Interest, row.Open)), about);
            answer.Json.GetProperty("entries").GetArrayLength().ShouldBe(books.State.Entries.Count, about);
            answer.Json.GetProperty("balances").EnumerateArray().Sum(line => line.GetProperty("amount").GetDecimal()).ShouldBe(0, about);
            answer
                .Json.GetProperty("payoffs")
                .EnumerateArray()
                .Select(payoff => payoff.GetProperty("total").GetDecimal())
                .ShouldBe(books.Payoffs.Select(payoff => payoff.Total), about);
        }

        static (decimal, decimal, decimal) Row(JsonElement row) => (Of(row, "principal"), Of(row, "interest"), Of(row, "open"));

        static decimal Of(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
    }

    [Fact]
    public async Task Words_that_it_does_not_know_are_refused_by_name()
    {
        var answer = await Staff.SendAsync("POST", "/loan-accounts/simulate", Loan(surplus: "somehow"));

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "not-understood");
        answer.Text.ShouldContain("surplus");
    }

    [Fact]
    public async Task Customers_may_try_it_too_and_nobody_without_a_login()
    {
        var customer = fixture.Host.ClientFor(Persons.Customer(Unique.Id(), Unique.Id()));

        await customer.PostAsync("/loan-accounts/simulate", Loan(), HttpStatusCode.OK);
        (await fixture.Host.Client.SendAsync("POST", "/loan-accounts/simulate", Loan())).ShouldBeProblem(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }
}
