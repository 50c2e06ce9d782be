using System.Net;
using System.Text.Json.Nodes;
using Lending.Loans.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Products;

public sealed class ProductTests(LoansFixture fixture)
{
    private readonly Office office = new(fixture);

    [Fact]
    public async Task A_patch_of_one_member_leaves_all_others()
    {
        var product = Catalogue
            .Solar()
            .With("dealerFeePercent", 2)
            .With("stubDayCount", "actual/365f")
            .With("interestOnlyMonths", 1)
            .With("rateSteps", JsonNode.Parse("""[{"fromInstalment":25,"annualRatePercent":8}]"""));
        var created = await office.ProductAsync(product);
        var changes = JsonNode
            .Parse(
                """
                {
                  "isPublic": true,
                  "retired": true,
                  "currency": "USD",
                  "amountFrom": 2000,
                  "amountTo": 40000,
                  "termMonthsFrom": 24,
                  "termMonthsTo": 96,
                  "rateBands": [{ "termMonthsFrom": null, "termMonthsTo": null, "amountFrom": null, "amountTo": null, "annualRatePercent": 5.5 }],
                  "fees": {
                    "upfront": { "amount": null, "percent": 2 },
                    "financed": { "amount": 100, "percent": null },
                    "monthly": { "amount": 1.5, "percent": null }
                  },
                  "dealerFeePercent": 3,
                  "method": "declining-balance",
                  "dayCount": "actual/360",
                  "stubDayCount": "30/360",
                  "interestOnlyMonths": 2,
                  "rateSteps": [{ "fromInstalment": 30, "annualRatePercent": 9 }],
                  "validityDays": 21
                }
                """
            )!
            .AsObject()
            .With("name", $"Solar {Unique.Text()}");
        changes.Count.ShouldBe(17);

        await office.Administrator.ShouldChangeEachMemberAloneAsync<ProductRequest>(_ => $"{Catalogue.Path}/{created.Id}", changes);
    }

    [Fact]
    public async Task A_created_product_is_answered_whole_with_its_location_and_read_alike()
    {
        var created = await office.ProductAsync(Catalogue.Solar().With("name", "  Solar Classic "));

        created.Location.ShouldBe(new Uri($"/api/v1/loan-products/{created.Id}", UriKind.Relative));
        created["name"].ShouldBe("Solar Classic");
        created["version"].ShouldBe("1");
        created["isPublic"].ShouldBe("False");
        created["retired"].ShouldBe("False");
        created["currency"].ShouldBe("EUR");
        created["amountFrom"].ShouldBe("1000.00");
        created["amountTo"].ShouldBe("50000.00");
        created["rateBands"]
            .ShouldBe(
                """[{"termMonthsFrom":null,"termMonthsTo":60,"amountFrom":null,"amountTo":null,"annualRatePercent":6},"""
                    + """{"termMonthsFrom":61,"termMonthsTo":null,"amountFrom":null,"amountTo":null,"annualRatePercent":7.5}]"""
            );
        created["fees.upfront.percent"].ShouldBe("2");
        created["fees.monthly.amount"].ShouldBe("1.50");
        created["method"].ShouldBe("equal-instalments");
        created["dayCount"].ShouldBe("30/360");
        created["stubDayCount"].ShouldBe("");
        created["dealerFeePercent"].ShouldBe("0");
        created["interestOnlyMonths"].ShouldBe("0");
        created["validityDays"].ShouldBe("14");
        await ShouldReadAsync(created);
    }

    [Fact]
    public async Task A_change_of_content_makes_the_next_version_and_older_ones_stay_readable()
    {
        var first = await office.ProductAsync();

        var second = await office.PatchAsync(first, """{"amountTo":60000,"fees":{"monthly":{"amount":2}}}""");

        second["version"].ShouldBe("2");
        second["amountTo"].ShouldBe("60000.00");
        second["fees.monthly.amount"].ShouldBe("2.00");
        second["fees.upfront.percent"].ShouldBe("2");
        second.ETag.ShouldNotBe(first.ETag);
        await ShouldReadAsync(second);
        var old = await VersionAsync(first, 1);
        foreach (var member in (string[])["version", "currency", "amountTo", "rateBands", "fees", "validityDays", "createdAt", "createdBy"])
        {
            old[member].ShouldBe(first[member], member);
        }
        (await VersionAsync(first, 2))["amountTo"].ShouldBe("60000.00");
        (await VersionNumbersAsync(first)).ShouldBe([2, 1]);
    }

    [Theory]
    [InlineData("""{"name":"Renamed"}""")]
    [InlineData("""{"isPublic":true}""")]
    [InlineData("""{"retired":true}""")]
    public async Task Name_publicity_and_retirement_make_no_version(string patch)
    {
        var product = await office.ProductAsync();

        var changed = await office.PatchAsync(product, patch);

        changed["version"].ShouldBe("1");
        changed.ETag.ShouldNotBe(product.ETag);
        foreach (var (member, value) in JsonNode.Parse(patch)!.AsObject())
        {
            changed.Json.GetProperty(member).GetRawText().ShouldBe(value!.ToJsonString());
        }
        await ShouldReadAsync(changed);
        (await VersionNumbersAsync(product)).ShouldBe([1]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"amountTo":50000.0,"termMonthsTo":120}""")]
    [InlineData("""{"rateBands":[{"termMonthsTo":60,"annualRatePercent":6.0},{"termMonthsFrom":61,"annualRatePercent":7.5}]}""")]
    [InlineData("""{"fees":{"financed":null},"method":null,"dayCount":"30/360","rateSteps":null}""")]
    public async Task A_change_that_changes_nothing_makes_nothing(string patch)
    {
        var product = await office.ProductAsync();

        var same = await office.PatchAsync(product, patch);

        same.Text.ShouldBe(product.Text);
        same.ETag.ShouldBe(product.ETag);
        await ShouldReadAsync(product);
    }

    [Fact]
    public async Task Null_clears_and_brings_defaults_back()
    {
        var product = await office.ProductAsync();

        var changed = await office.PatchAsync(product, """{"fees":{"upfront":null},"validityDays":null}""");

        changed["fees.upfront"].ShouldBe("");
        changed["fees.monthly.amount"].ShouldBe("1.50");
        changed["validityDays"].ShouldBe("30");
        (await office.PatchAsync(product, """{"fees":null}"""))["fees"].ShouldBe("");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task Names_are_unique_in_the_organisation_whatever_their_case(string method)
    {
        await office.ProductAsync(Catalogue.Solar().With("name", "Wärme Ökostrom"));
        var other = await office.ProductAsync();
        var path = method == "POST" ? Catalogue.Path : $"{Catalogue.Path}/{other.Id}";
        var body = method == "POST" ? Catalogue.Solar() : [];

        (await office.Administrator.SendAsync(method, path, body.With("name", "WÄRME ökostrom")))
            .ShouldBeProblem(HttpStatusCode.Conflict, "product-name-taken")
            .WrongFields.ShouldBe(["name"]);
        await ShouldReadAsync(other);
        await new Office(fixture).ProductAsync(Catalogue.Solar().With("name", "Wärme Ökostrom"));
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task If_match_of_an_older_version_is_refused(string method)
    {
        var product = await office.ProductAsync();
        var newer = await office.PatchAsync(product, """{"termMonthsTo":100}""");
        var body = method == "PATCH" ? """{"termMonthsTo":90}""" : null;
        var path = $"{Catalogue.Path}/{product.Id}";

        (await office.Administrator.SendAsync(method, path, body, product.ETag)).ShouldBeProblem(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        await ShouldReadAsync(newer);
        (await office.Administrator.SendAsync(method, path, body, newer.ETag)).Status.ShouldBeOneOf(
            HttpStatusCode.OK,
            HttpStatusCode.NoContent
        );
    }

    [Fact]
    public async Task An_unused_product_is_deleted_with_its_versions()
    {
        var product = await office.ProductAsync();
        await office.PatchAsync(product, """{"termMonthsTo":100}""");

        await office.Administrator.ExpectAsync("DELETE", $"{Catalogue.Path}/{product.Id}", null, HttpStatusCode.NoContent);

        foreach (var suffix in (string[])["", "/versions", "/versions/1"])
        {
            (await office.Installer.SendAsync("GET", $"{Catalogue.Path}/{product.Id}{suffix}")).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
        }
    }

    [Fact]
    public async Task A_product_that_an_offer_was_made_with_is_not_deleted()
    {
        var product = await office.ProductAsync();
        var terms = office.Terms(termMonths: 24).With("productId", product.Id);
        terms.Remove("annualRatePercent");
        await office.OfferAsync(terms);
        var newer = await office.PatchAsync(product, """{"termMonthsTo":100}""");

        (await office.Administrator.SendAsync("DELETE", $"{Catalogue.Path}/{product.Id}")).ShouldBeProblem(
            HttpStatusCode.Conflict,
            "product-in-use"
        );

        await ShouldReadAsync(newer);
        (await office.PatchAsync(product, """{"retired":true}"""))["retired"].ShouldBe("True");
        (await VersionNumbersAsync(product)).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Installers_read_products_and_do_not_write_them_and_customers_do_neither()
    {
        var product = await office.ProductAsync();
        var path = $"{Catalogue.Path}/{product.Id}";
        var customer = office.ClientOf(office.Customer.Id);
        (string Method, string Path, object? Body)[] reads =
        [
            ("GET", Catalogue.Path, null),
            ("GET", path, null),
            ("GET", $"{path}/versions", null),
            ("GET", $"{path}/versions/1", null),
        ];
        (string Method, string Path, object? Body)[] writes =
        [
            ("POST", Catalogue.Path, Catalogue.Solar()),
            ("PATCH", path, "{}"),
            ("DELETE", path, null),
        ];

        foreach (var (method, target, body) in reads)
        {
            (await office.Installer.SendAsync(method, target, body)).Status.ShouldBe(HttpStatusCode.OK);
            (await customer.SendAsync(method, target, body)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            (await fixture.Host.Client.SendAsync(method, target, body)).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
        foreach (var (method, target, body) in writes)
        {
            (await office.Installer.SendAsync(method, target, body)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
            (await customer.SendAsync(method, target, body)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
        await ShouldReadAsync(product);
    }

    [Fact]
    public async Task Another_organisations_product_does_not_exist_be_it_public_or_not()
    {
        var product = await office.ProductAsync(Catalogue.Solar().With("isPublic", true));
        var stranger = new Office(fixture);
        var path = $"{Catalogue.Path}/{product.Id}";

        foreach (
            var (method, target) in ((string, string)[])
                [("GET", path), ("GET", $"{path}/versions"), ("GET", $"{path}/versions/1"), ("PATCH", path), ("DELETE", path)]
        )
        {
            (await stranger.Administrator.SendAsync(method, target, method == "PATCH" ? "{}" : null)).ShouldBeProblem(
                HttpStatusCode.NotFound,
                "not-found"
            );
        }
        (await stranger.Installer.GetAsync(Catalogue.Path, HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        await ShouldReadAsync(product);
    }

    [Theory]
    [InlineData("/versions/0")]
    [InlineData("/versions/2")]
    [InlineData("/versions/-1")]
    [InlineData("/versions/99999999999")]
    [InlineData("/versions/first")]
    public async Task A_version_that_never_was_does_not_exist(string suffix)
    {
        var product = await office.ProductAsync();

        (await office.Installer.SendAsync("GET", $"{Catalogue.Path}/{product.Id}{suffix}")).ShouldBeProblem(
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [Fact]
    public async Task Lists_are_paged_newest_first_and_filtered()
    {
        var solar = await office.ProductAsync();
        var retired = await office.PatchAsync(await office.ProductAsync(), """{"retired":true}""");
        var yen = await office.ProductAsync(Catalogue.Solar().With("currency", "JPY").With("fees", null));

        await ShouldListAsync("", yen, retired, solar);
        await ShouldListAsync("currency=EUR", retired, solar);
        await ShouldListAsync("currency=JPY", yen);
        await ShouldListAsync("retired=true", retired);
        await ShouldListAsync("retired=false&currency=EUR", solar);
        var page = await office.Installer.GetAsync($"{Catalogue.Path}?limit=2", HttpStatusCode.OK);
        var next = await office.Installer.GetAsync($"{Catalogue.Path}?limit=2&cursor={page["nextCursor"]}", HttpStatusCode.OK);
        IdsOf(page).Concat(IdsOf(next)).ShouldBe([yen.Id, retired.Id, solar.Id]);
        next["nextCursor"].ShouldBe("");
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("currency=euro", "currency")]
    [InlineData("retired=perhaps", "retired")]
    public async Task A_bad_query_is_refused(string query, string field) =>
        (await office.Installer.SendAsync("GET", $"{Catalogue.Path}?{query}"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([field]);

    [Fact]
    public async Task Forged_cursors_are_refused()
    {
        var product = await office.ProductAsync();

        await office.Installer.ShouldRefuseForgedCursorsAsync(Catalogue.Path);
        await office.Installer.ShouldRefuseForgedCursorsAsync($"{Catalogue.Path}/{product.Id}/versions");
    }

    [Fact]
    public async Task Versions_are_paged_newest_first()
    {
        var product = await office.ProductAsync();
        for (var term = 100; term < 104; term++)
        {
            await office.PatchAsync(product, $$"""{"termMonthsTo":{{term}}}""");
        }

        var path = $"{Catalogue.Path}/{product.Id}/versions";
        var page = await office.Installer.GetAsync($"{path}?limit=3&includeTotal=true", HttpStatusCode.OK);
        var next = await office.Installer.GetAsync($"{path}?limit=3&cursor={page["nextCursor"]}", HttpStatusCode.OK);

        page["total"].ShouldBe("5");
        NumbersOf(page).Concat(NumbersOf(next)).ShouldBe([5, 4, 3, 2, 1]);
    }

    private static IEnumerable<Guid> IdsOf(Answer page) =>
        page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid());

    private static IEnumerable<int> NumbersOf(Answer page) =>
        page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("version").GetInt32());

    private Task<Answer> VersionAsync(Answer product, int number) =>
        office.Installer.GetAsync($"{Catalogue.Path}/{product.Id}/versions/{number}", HttpStatusCode.OK);

    private async Task<IEnumerable<int>> VersionNumbersAsync(Answer product) =>
        NumbersOf(await office.Installer.GetAsync($"{Catalogue.Path}/{product.Id}/versions", HttpStatusCode.OK));

    private async Task ShouldListAsync(string query, params Answer[] products)
    {
        var page = await office.Installer.GetAsync($"{Catalogue.Path}?includeTotal=true&{query}", HttpStatusCode.OK);
        page.Json.GetProperty("items")
            .EnumerateArray()
            .Select(item => item.GetRawText())
            .ShouldBe(products.Select(product => product.Text));
        page["total"].ShouldBe($"{products.Length}");
    }

    private async Task ShouldReadAsync(Answer expected)
    {
        var read = await office.Installer.GetAsync($"{Catalogue.Path}/{expected.Id}", HttpStatusCode.OK);
        read.Text.ShouldBe(expected.Text);
        read.ETag.ShouldBe(expected.ETag);
    }
}
