using System.Net;
using System.Text.Json.Nodes;
using Lending.Testing;

namespace Lending.Loans.Tests.Products;

/// <summary>What creating and changing a product refuse alike.</summary>
public sealed class BadProductTests(LoansFixture fixture)
{
    private static readonly string[] Methods = ["POST", "PATCH"];

    // The member that is set, to what; the field that is then named, and the code.
    private static readonly (string Member, string Json, string Field, string Code)[] BadValues =
    [
        ("name", "null", "name", "not-empty"),
        ("name", "\" \"", "name", "not-empty"),
        ("name", "5", "name", "wrong-type"),
        ("isPublic", "\"yes\"", "isPublic", "wrong-type"),
        ("currency", "null", "currency", "unknown-currency"),
        ("currency", "\"EURO\"", "currency", "unknown-currency"),
        ("amountFrom", "null", "amountFrom", "not-null"),
        ("amountFrom", "499.99", "amountFrom", "inclusive-between"),
        ("amountFrom", "1000.001", "amountFrom", "amount-scale"),
        ("amountTo", "1000000.01", "amountTo", "inclusive-between"),
        ("amountTo", "999", "amountTo", "greater-than-or-equal"),
        ("amountTo", "1e99", "amountTo", "wrong-type"),
        ("termMonthsFrom", "0", "termMonthsFrom", "inclusive-between"),
        ("termMonthsTo", "601", "termMonthsTo", "inclusive-between"),
        ("termMonthsTo", "99999999999", "termMonthsTo", "wrong-type"),
        ("rateBands", "null", "rateBands", "not-empty"),
        ("rateBands", "[]", "rateBands", "not-empty"),
        ("rateBands", "{}", "rateBands", "wrong-type"),
        ("rateBands", "[null]", "rateBands[0]", "not-null"),
        ("rateBands", "[{}]", "rateBands[0].annualRatePercent", "not-null"),
        ("rateBands", """[{"annualRatePercent":50.01}]""", "rateBands[0].annualRatePercent", "inclusive-between"),
        ("rateBands", """[{"annualRatePercent":1.1234567}]""", "rateBands[0].annualRatePercent", "too-many-decimals"),
        ("rateBands", """[{"annualRatePercent":1,"rate":2}]""", "rateBands[0].rate", "unknown-member"),
        ("rateBands", """[{"annualRatePercent":1,"termMonthsFrom":11}]""", "rateBands[0].termMonthsFrom", "band-outside-product"),
        ("rateBands", """[{"annualRatePercent":1,"termMonthsTo":121}]""", "rateBands[0].termMonthsTo", "band-outside-product"),
        ("rateBands", """[{"annualRatePercent":1,"amountFrom":999}]""", "rateBands[0].amountFrom", "band-outside-product"),
        ("rateBands", """[{"annualRatePercent":1,"amountTo":50001}]""", "rateBands[0].amountTo", "band-outside-product"),
        ("rateBands", """[{"annualRatePercent":1,"amountTo":2000.001}]""", "rateBands[0].amountTo", "amount-scale"),
        (
            "rateBands",
            """[{"annualRatePercent":1,"termMonthsFrom":24,"termMonthsTo":12}]""",
            "rateBands[0].termMonthsTo",
            "greater-than-or-equal"
        ),
        ("rateBands", """[{"annualRatePercent":1},{"annualRatePercent":2}]""", "rateBands[1]", "band-overlap"),
        (
            "rateBands",
            """[{"annualRatePercent":1,"amountTo":5000},{"annualRatePercent":2,"amountFrom":5000,"termMonthsTo":60}]""",
            "rateBands[1]",
            "band-overlap"
        ),
        ("fees", """{"upfront":{}}""", "fees.upfront", "amount-or-percent"),
        ("fees", """{"upfront":{"percent":2,"amount":5}}""", "fees.upfront", "amount-or-percent"),
        ("fees", """{"upfront":{"percent":-1}}""", "fees.upfront.percent", "inclusive-between"),
        ("fees", """{"upfront":{"percent":50.1}}""", "fees.upfront.percent", "inclusive-between"),
        ("fees", """{"upfront":{"percent":0.1234567}}""", "fees.upfront.percent", "too-many-decimals"),
        ("fees", """{"financed":{"amount":-0.01}}""", "fees.financed.amount", "inclusive-between"),
        ("fees", """{"financed":{"amount":1000000.01}}""", "fees.financed.amount", "inclusive-between"),
        ("fees", """{"financed":{"amount":1.001}}""", "fees.financed.amount", "amount-scale"),
        ("fees", """{"yearly":{"amount":1}}""", "fees.yearly", "unknown-member"),
        ("dealerFeePercent", "-1", "dealerFeePercent", "inclusive-between"),
        ("dealerFeePercent", "50.01", "dealerFeePercent", "inclusive-between"),
        ("method", "\"annuity\"", "method", "unknown-method"),
        ("method", "1", "method", "wrong-type"),
        ("dayCount", "\"30/365\"", "dayCount", "unknown-day-count"),
        ("stubDayCount", "\"none\"", "stubDayCount", "unknown-day-count"),
        ("interestOnlyMonths", "-1", "interestOnlyMonths", "greater-than-or-equal"),
        ("interestOnlyMonths", "12", "interestOnlyMonths", "less-than"),
        ("rateSteps", "[null]", "rateSteps[0]", "not-null"),
        ("rateSteps", """[{"annualRatePercent":1}]""", "rateSteps[0].fromInstalment", "not-null"),
        ("rateSteps", """[{"fromInstalment":1,"annualRatePercent":1}]""", "rateSteps[0].fromInstalment", "inclusive-between"),
        ("rateSteps", """[{"fromInstalment":2,"annualRatePercent":51}]""", "rateSteps[0].annualRatePercent", "inclusive-between"),
        (
            "rateSteps",
            """[{"fromInstalment":9,"annualRatePercent":1},{"fromInstalment":9,"annualRatePercent":2}]""",
            "rateSteps",
            "not-ascending"
        ),
        ("validityDays", "0", "validityDays", "inclusive-between"),
        ("validityDays", "366", "validityDays", "inclusive-between"),
        ("version", "2", "version", "unknown-member"),
    ];

    private readonly Office office = new(fixture);

    public static TheoryData<string, string, string, string, string> BadMembers()
    {
        var data = new TheoryData<string, string, string, string, string>();
        foreach (var method in Methods)
        {
            foreach (var (member, json, field, code) in BadValues)
            {
                data.Add(method, member, json, field, code);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(BadMembers))]
    public async Task A_bad_member_is_named_and_nothing_is_stored(string method, string member, string json, string field, string code)
    {
        // Without fees, as a patch of one of them would be laid over them.
        var product = await office.ProductAsync(Catalogue.Solar().With("fees", null));
        var body = (method == "PATCH" ? [] : Catalogue.Solar()).With(member, JsonNode.Parse(json));

        var answer = await office.Administrator.SendAsync(method, PathFor(method, product), body.ToJsonString());

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        ErrorsOf(answer).ShouldBe([$"{field} {code}"]);
        await ShouldBeUntouchedAsync(product);
    }

    [Fact]
    public async Task All_missing_members_are_named_at_once() =>
        ErrorsOf(await office.Administrator.SendAsync("POST", Catalogue.Path, "{}"))
            .ShouldBe(
                [
                    "name not-empty",
                    "currency unknown-currency",
                    "amountFrom not-null",
                    "amountTo not-null",
                    "termMonthsFrom not-null",
                    "termMonthsTo not-null",
                    "rateBands not-empty",
                ],
                ignoreOrder: true
            );

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task All_bad_members_are_named_at_once(string method)
    {
        var product = await office.ProductAsync();

        var answer = await office.Administrator.SendAsync(
            method,
            PathFor(method, product),
            """
            {
              "name": "", "currency": "EUR", "amountFrom": 1, "amountTo": 2000000, "termMonthsFrom": 0, "termMonthsTo": 601,
              "rateBands": [{ "annualRatePercent": -1 }, { "annualRatePercent": 51, "termMonthsTo": 602 }],
              "fees": { "upfront": { "percent": 51, "amount": null }, "monthly": { "amount": 0.001 } },
              "dealerFeePercent": 51, "interestOnlyMonths": -1, "rateSteps": [{}], "validityDays": 0
            }
            """
        );

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        answer
            .WrongFields.Distinct()
            .ShouldBe(
                [
                    "name",
                    "amountFrom",
                    "amountTo",
                    "termMonthsFrom",
                    "termMonthsTo",
                    "rateBands[0].annualRatePercent",
                    "rateBands[1].annualRatePercent",
                    "rateBands[1].termMonthsTo",
                    "rateBands[1]",
                    "fees.upfront.percent",
                    "fees.monthly.amount",
                    "dealerFeePercent",
                    "interestOnlyMonths",
                    "rateSteps[0].fromInstalment",
                    "rateSteps[0].annualRatePercent",
                    "validityDays",
                ],
                ignoreOrder: true
            );
        await ShouldBeUntouchedAsync(product);
    }

    [Fact]
    public async Task Too_long_lists_and_names_are_refused()
    {
        var bands = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => JsonNode.Parse("""{"annualRatePercent":1}"""))]);
        var steps = new JsonArray([
            .. Enumerable.Range(2, 101).Select(number => JsonNode.Parse($$"""{"fromInstalment":{{number}},"annualRatePercent":1}""")),
        ]);

        var answer = await office.Administrator.SendAsync(
            "POST",
            Catalogue.Path,
            Catalogue.Solar().With("name", new string('x', 201)).With("rateBands", bands).With("rateSteps", steps)
        );

        ErrorsOf(answer)
            .Where(error => !error.EndsWith("band-overlap", StringComparison.Ordinal))
            .ShouldBe(["name maximum-length", "rateBands too-many", "rateSteps too-many"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task Terms_that_no_loan_could_be_computed_with_are_refused_with_the_engines_code(string method)
    {
        var product = await office.ProductAsync();
        var body = (method == "PATCH" ? [] : Catalogue.Solar())
            .With(
                "rateBands",
                JsonNode.Parse("""[{"termMonthsTo":60,"annualRatePercent":3},{"termMonthsFrom":61,"annualRatePercent":0}]""")
            )
            .With("rateSteps", JsonNode.Parse("""[{"fromInstalment":13,"annualRatePercent":4}]"""));

        (await office.Administrator.SendAsync(method, PathFor(method, product), body)).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "interest-free-in-part"
        );
        await ShouldBeUntouchedAsync(product);
    }

    [Theory]
    [InlineData("JPY", "1000.5")]
    [InlineData("KWD", "1000.0005")]
    public async Task Amounts_have_no_more_decimals_than_the_currency(string currency, string amount) =>
        ErrorsOf(
                await office.Administrator.SendAsync(
                    "POST",
                    Catalogue.Path,
                    Catalogue.Solar().With("fees", null).With("currency", currency).With("amountFrom", JsonNode.Parse(amount))
                )
            )
            .ShouldBe(["amountFrom amount-scale"]);

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task Bodies_that_are_wrong_as_such_are_refused(string method)
    {
        var product = await office.ProductAsync();

        await office.Administrator.ShouldBeRefusedAsync(method, PathFor(method, product));

        await ShouldBeUntouchedAsync(product);
    }

    [Fact]
    public async Task A_member_of_a_member_that_is_given_twice_is_refused()
    {
        var product = await office.ProductAsync();

        (
            await office.Administrator.SendAsync(
                "PATCH",
                PathFor("PATCH", product),
                """{"fees":{"upfront":{"amount":1},"upfront":{"amount":2}}}"""
            )
        ).ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        await ShouldBeUntouchedAsync(product);
    }

    private static string PathFor(string method, Answer product) => method == "POST" ? Catalogue.Path : $"{Catalogue.Path}/{product.Id}";

    private static IEnumerable<string> ErrorsOf(Answer answer) =>
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => $"{error.GetProperty("name").GetString()} {error.GetProperty("code").GetString()}");

    private async Task ShouldBeUntouchedAsync(Answer product)
    {
        (await office.Installer.GetAsync($"{Catalogue.Path}/{product.Id}", HttpStatusCode.OK)).Text.ShouldBe(product.Text);
        (await office.Installer.GetAsync($"{Catalogue.Path}?includeTotal=true", HttpStatusCode.OK))["total"].ShouldBe("1");
    }
}
