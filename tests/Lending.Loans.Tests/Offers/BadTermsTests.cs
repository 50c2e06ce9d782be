using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Loans.Tests.Offers;

/// <summary>What the three slices that take terms refuse alike.</summary>
public sealed class BadTermsTests(LoansFixture fixture)
{
    private static readonly string[] Methods = ["POST", "PUT", "PATCH"];

    private static readonly (string Member, string Json, string Code)[] BadValues =
    [
        ("customerId", "null", "not-null"),
        ("customerId", "5", "wrong-type"),
        ("customerId", "\"ada\"", "wrong-type"),
        ("loanAmount", "null", "not-null"),
        ("loanAmount", "\"10000\"", "wrong-type"),
        ("loanAmount", "true", "wrong-type"),
        ("loanAmount", "499.99", "inclusive-between"),
        ("loanAmount", "1000000.01", "inclusive-between"),
        ("loanAmount", "-10000", "inclusive-between"),
        ("loanAmount", "1e28", "inclusive-between"),
        ("loanAmount", "1e99", "wrong-type"),
        ("loanAmount", "1000.0001", "too-many-decimals"),
        ("annualRatePercent", "null", "not-null"),
        ("annualRatePercent", "\"8\"", "wrong-type"),
        ("annualRatePercent", "-0.01", "inclusive-between"),
        ("annualRatePercent", "50.01", "inclusive-between"),
        ("annualRatePercent", "4.0000001", "too-many-decimals"),
        ("termMonths", "null", "not-null"),
        ("termMonths", "\"10\"", "wrong-type"),
        ("termMonths", "10.5", "wrong-type"),
        ("termMonths", "99999999999", "wrong-type"),
        ("termMonths", "0", "inclusive-between"),
        ("termMonths", "601", "inclusive-between"),
        ("payoutDate", "\"0001-01-01\"", "inclusive-between"),
        ("payoutDate", "\"1899-12-31\"", "inclusive-between"),
        ("payoutDate", "\"2200-01-01\"", "inclusive-between"),
        ("payoutDate", "\"9999-12-31\"", "inclusive-between"),
        ("firstDueDate", "\"0001-01-01\"", "inclusive-between"),
        ("firstDueDate", "\"1899-12-31\"", "inclusive-between"),
        ("firstDueDate", "\"2200-01-01\"", "inclusive-between"),
        ("firstDueDate", "\"9999-12-31\"", "inclusive-between"),
        ("status", "\"APPROVED\"", "unknown-member"),
        ("monthlyPayment", "1", "unknown-member"),
    ];

    private readonly Office office = new(fixture);

    public static TheoryData<string, string, string, string> BadMembers()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var method in Methods)
        {
            foreach (var (member, json, code) in BadValues)
            {
                data.Add(method, member, json, code);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(BadMembers))]
    public async Task A_bad_member_is_named_and_nothing_is_stored(string method, string member, string json, string code)
    {
        var offer = await office.OfferAsync();
        var body = method == "PATCH" ? [] : office.Terms();
        body[member] = JsonNode.Parse(json);

        var answer = await office.Installer.SendAsync(method, PathFor(method, offer), body.ToJsonString());

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        answer.WrongFields.ShouldBe([member]);
        answer.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        await ShouldBeUntouchedAsync(offer);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_first_due_date_more_than_a_year_after_the_payout_is_refused(string method)
    {
        var offer = await office.OfferAsync();
        var body = method == "PATCH" ? [] : office.Terms();
        body["payoutDate"] = "2026-01-15";
        body["firstDueDate"] = "2027-01-16";

        (await office.Installer.SendAsync(method, PathFor(method, offer), body.ToJsonString())).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "first-due-date-out-of-range"
        );
        await ShouldBeUntouchedAsync(offer);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task All_missing_members_are_named_at_once(string method)
    {
        var offer = await office.OfferAsync();

        var answer = await office.Installer.SendAsync(method, PathFor(method, offer), "{}");

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        answer.WrongFields.ShouldBe(["customerId", "loanAmount", "annualRatePercent", "termMonths"], ignoreOrder: true);
        await ShouldBeUntouchedAsync(offer);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task All_bad_members_are_named_at_once(string method)
    {
        var offer = await office.OfferAsync();

        var answer = await office.Installer.SendAsync(
            method,
            PathFor(method, offer),
            """{"customerId":null,"loanAmount":1,"annualRatePercent":51,"termMonths":0}"""
        );

        answer.WrongFields.ShouldBe(["customerId", "loanAmount", "annualRatePercent", "termMonths"], ignoreOrder: true);
        await ShouldBeUntouchedAsync(offer);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Bodies_that_are_wrong_as_such_are_refused(string method)
    {
        var offer = await office.OfferAsync();

        await office.Installer.ShouldBeRefusedAsync(method, PathFor(method, offer));

        (await office.Installer.SendAsync(method, PathFor(method, offer))).Status.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldBeUntouchedAsync(offer);
    }

    private static string PathFor(string method, Answer offer) => method == "POST" ? "/loan-offers" : $"/loan-offers/{offer.Id}";

    private async Task ShouldBeUntouchedAsync(Answer offer)
    {
        (await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)).Text.ShouldBe(offer.Text);
        (await office.CountAsync()).ShouldBe(1);
    }
}
