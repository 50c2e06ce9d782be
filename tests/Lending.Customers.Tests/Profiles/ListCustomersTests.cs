using System.Net;
using Lending.Customers.Profiles;
using Lending.Kernel;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Tests.Profiles;

public class ListCustomersTests(CustomersFixture host)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_newest_come_first()
    {
        var client = host.Installer();
        var first = await client.CreateCustomerAsync();
        var second = await client.CreateCustomerAsync();

        var list = await client.GetAsync("/customers", HttpStatusCode.OK);

        Ids(list).ShouldBe([second.Id, first.Id]);
        list.Json.GetProperty("items")[1].GetRawText().ShouldBe(first.Text);
        list["nextCursor"].ShouldBeNullOrEmpty();
        list.Json.TryGetProperty("total", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_other_organisations_nothing_is_listed()
    {
        await host.Installer().CreateCustomerAsync();
        var client = host.Installer();

        (await client.CountAsync()).ShouldBe(0);
        Ids(await client.GetAsync("/customers", HttpStatusCode.OK)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customer_finds_only_themselves()
    {
        var organization = Unique.Id();
        var installer = host.Installer(organization);
        var one = await installer.CreateCustomerAsync();
        await installer.CreateCustomerAsync();
        var customer = host.ClientFor(Persons.Customer(organization, one.Id));

        Ids(await customer.GetAsync("/customers?includeTotal=true", HttpStatusCode.OK)).ShouldBe([one.Id]);
        (await customer.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("-createdAt")]
    [InlineData("createdAt")]
    [InlineData("name")]
    [InlineData("-name")]
    public async Task Paging_meets_every_customer_once_and_in_order(string sort)
    {
        // Few names and few times, so that there are many ties.
        string[] names = ["Aal", "Meier", "Öztürk", "meier"];
        var people = Enumerable
            .Range(0, 47)
            .Select(number =>
                Customer.Create(
                    CustomersFixture.Person() with
                    {
                        LastName = names[number % names.Length],
                        FirstName = names[number % 3],
                    },
                    new UserReference(Unique.Id(), "seed"),
                    Start.AddMinutes(number % 5)
                )
            )
            .ToList();
        var client = host.Installer(await StoreAsync(people));
        var ascending =
            sort.TrimStart('-') == "name"
                ? people
                    .OrderBy(person => person.LastName, StringComparer.Ordinal)
                    .ThenBy(person => person.FirstName, StringComparer.Ordinal)
                    .ThenBy(person => person.Id.ToString(), StringComparer.Ordinal)
                : people.OrderBy(person => person.CreatedAt).ThenBy(person => person.Id.ToString(), StringComparer.Ordinal);
        var expected = ascending.Select(person => person.Id).ToList();
        if (sort.StartsWith('-'))
        {
            expected.Reverse();
        }

        var met = new List<Guid>();
        var path = $"/customers?limit=7&sort={sort}";
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await client.GetAsync(cursor.Length == 0 ? path : $"{path}&cursor={cursor}", HttpStatusCode.OK);
            met.AddRange(Ids(page));
            cursor = page.Json.GetProperty("nextCursor").GetString();
        }

        met.ShouldBe(expected);
    }

    [Fact]
    public async Task A_page_that_holds_all_has_no_next()
    {
        var client = host.Installer(await StoreAsync([.. Enumerable.Range(0, 3).Select(_ => At(Start))]));

        var full = await client.GetAsync("/customers?limit=3", HttpStatusCode.OK);
        var partial = await client.GetAsync("/customers?limit=2&includeTotal=true", HttpStatusCode.OK);

        full["nextCursor"].ShouldBeNullOrEmpty();
        partial["nextCursor"].ShouldNotBeNullOrEmpty();
        partial["total"].ShouldBe("3");
    }

    [Fact]
    public async Task Rows_that_come_while_somebody_pages_neither_repeat_nor_skip_others()
    {
        var organization = await StoreAsync([.. Enumerable.Range(0, 4).Select(number => At(Start.AddMinutes(number)))]);
        var client = host.Installer(organization);
        var first = await client.GetAsync("/customers?limit=2", HttpStatusCode.OK);

        await client.CreateCustomerAsync();
        var second = await client.GetAsync($"/customers?limit=2&cursor={first["nextCursor"]}", HttpStatusCode.OK);

        Ids(first).Concat(Ids(second)).Distinct().Count().ShouldBe(4);
        second["nextCursor"].ShouldBeNullOrEmpty();
    }

    [Theory]
    [InlineData("anna", 1)]
    [InlineData("NNA", 1)]
    [InlineData("anna schäf", 1)]
    [InlineData("SCHÄFER", 1)]
    [InlineData("müll", 1)]
    [InlineData("first.last@example.com", 1)]
    [InlineData(" FIRST.Last@Example.com ", 1)]
    [InlineData("last@example.com", 0)]
    [InlineData("@example.com", 0)]
    [InlineData("first.last", 0)]
    [InlineData("100%", 1)]
    [InlineData("%", 1)]
    [InlineData("_", 1)]
    [InlineData("\\", 1)]
    [InlineData("a_b", 1)]
    [InlineData("axb", 0)]
    [InlineData("'; DROP TABLE customers; --", 0)]
    [InlineData("schäfer first.last", 0)]
    [InlineData("", 3)]
    public async Task A_search_finds_parts_of_names_as_they_are_written_and_whole_emails(string search, int expected)
    {
        var organization = await StoreAsync([
            Named("Anna", "Schäfer", "first.last@example.com"),
            Named("100%", "Müller-\\", "second@example.com"),
            Named("a_b", "D'Arc", "third@example.com"),
        ]);

        (await host.Installer(organization).CountAsync($"search={Uri.EscapeDataString(search)}")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("+49 711 1234567", 1)]
    [InlineData("0049 (711) 12345-67", 1)]
    [InlineData("+49 711 123456", 0)]
    [InlineData("1234567", 0)]
    public async Task A_search_finds_whole_phone_numbers_however_they_are_written(string search, int expected)
    {
        var client = host.Installer();
        await client.PostAsync("/customers", CustomersFixture.Person() with { PhoneNumber = "+49 (711) 1234567" }, HttpStatusCode.Created);
        await client.PostAsync("/customers", CustomersFixture.Person() with { PhoneNumber = "+49 711 7654321" }, HttpStatusCode.Created);

        (await client.CountAsync($"search={Uri.EscapeDataString(search)}")).ShouldBe(expected);
    }

    [Fact]
    public async Task City_and_country_filter()
    {
        var client = host.Installer();
        await client.PostAsync("/customers", CustomersFixture.Person() with { City = "Köln", Country = "DE" }, HttpStatusCode.Created);
        await client.PostAsync("/customers", CustomersFixture.Person() with { City = "Köln", Country = "US" }, HttpStatusCode.Created);
        await client.PostAsync("/customers", CustomersFixture.Person() with { City = "Kölnx", Country = "DE" }, HttpStatusCode.Created);

        (await client.CountAsync("city=K%C3%96LN")).ShouldBe(2);
        (await client.CountAsync("city=K%25")).ShouldBe(0);
        (await client.CountAsync("country=de")).ShouldBe(2);
        (await client.CountAsync("city=k%C3%B6ln&country=DE")).ShouldBe(1);
        (await client.CountAsync("city=&country=")).ShouldBe(3);
    }

    [Fact]
    public async Task Creator_filters()
    {
        var organization = Unique.Id();
        var creator = Persons.Installer(organization);
        await host.ClientFor(creator).CreateCustomerAsync();
        var other = host.Installer(organization);
        await other.CreateCustomerAsync();

        (await other.CountAsync($"createdBy={creator.UserId}")).ShouldBe(1);
        (await other.CountAsync($"createdBy={Unique.Id()}")).ShouldBe(0);
    }

    [Fact]
    public async Task Creation_time_filters_from_a_time_on_and_before_another_in_any_offset()
    {
        var client = host.Installer(await StoreAsync([At(Start), At(Start.AddHours(1)), At(Start.AddHours(2))]));

        (await client.CountAsync("createdFrom=2026-03-01T13:00:00Z")).ShouldBe(2);
        (await client.CountAsync("createdTo=2026-03-01T13:00:00Z")).ShouldBe(1);
        (await client.CountAsync("createdFrom=2026-03-01T14:00:00%2B01:00&createdTo=2026-03-01T09:00:00-05:00")).ShouldBe(1);
        (await client.CountAsync("createdFrom=0001-01-01T00:00:00Z&createdTo=9999-12-31T23:59:59Z")).ShouldBe(3);
        (await client.CountAsync("createdFrom=2026-03-01")).ShouldBe(3);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("includeTotal=maybe", "includeTotal")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("sort=email", "sort")]
    [InlineData("sort=", "sort")]
    [InlineData("country=XX", "country")]
    [InlineData("createdBy=me", "createdBy")]
    [InlineData("createdFrom=yesterday", "createdFrom")]
    [InlineData("createdTo=2026-13-01", "createdTo")]
    public async Task A_wrong_parameter_is_refused_by_name(string query, string field) =>
        (await host.Installer().SendAsync("GET", $"/customers?{query}"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe([field]);

    [Fact]
    public async Task A_search_that_is_too_long_is_refused() =>
        (await host.Installer().SendAsync("GET", $"/customers?search={new string('x', 255)}&city={new string('x', 101)}"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["search", "city"]);

    [Fact]
    public async Task Who_asks_after_such_a_character_is_answered()
    {
        // Whether the connection was left broken depended on how often the statement had been sent on it.
        await using var own = await CustomersFixture.StartAsync();
        using var client = own.ClientFor(Persons.Installer(Unique.Id()));
        for (var before = 0; before < 4; before++)
        {
            (await client.SendAsync("GET", "/customers?search=a%00b")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-character");
            await client.GetAsync("/customers?search=anna", HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("search=a%00b")]
    [InlineData("city=%00")]
    public async Task A_character_that_PostgreSQL_cannot_store_is_refused(string query) =>
        (await host.Installer().SendAsync("GET", $"/customers?{query}")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-character");

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        var client = host.Installer(await StoreAsync([At(Start), At(Start)]));
        var page = await client.GetAsync("/customers?limit=1&sort=name", HttpStatusCode.OK);

        (await client.SendAsync("GET", $"/customers?sort=-name&cursor={page["nextCursor"]}"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed")
            .WrongFields.ShouldBe(["cursor"]);
    }

    [Fact]
    public Task A_forged_cursor_is_refused() => host.Installer().ShouldRefuseForgedCursorsAsync("/customers");

    [Theory]
    [InlineData("createdAt", "not a time")]
    [InlineData("createdAt", @"Berg\nAda")]
    [InlineData("name", "638000000000000000")]
    [InlineData("name", "")]
    [InlineData("-name", @"Berg\nAda\nEva")]
    [InlineData("-name", @"Berg\n\u0000")]
    [InlineData("-name", @"Berg\n\ud800")]
    public Task A_forged_cursor_of_another_order_is_refused(string sort, string value) =>
        host.Installer().ShouldRefuseCursorAsync($"/customers?sort={sort}&cursor={BadCursors.Forge(sort, value)}");

    [Fact]
    public async Task Nobody_gets_401() =>
        (await host.Anonymous.SendAsync("GET", "/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");

    private static Guid[] Ids(Answer list) =>
        [.. list.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private static Customer At(DateTimeOffset time) =>
        Customer.Create(CustomersFixture.Person(), new UserReference(Unique.Id(), "seed"), time);

    private static Customer Named(string first, string last, string email) =>
        Customer.Create(
            CustomersFixture.Person() with
            {
                FirstName = first,
                LastName = last,
                Email = email,
            },
            new UserReference(Unique.Id(), "seed"),
            Start
        );

    /// <summary>Stores customers in a new organisation, past the API, where a test needs many or old ones.</summary>
    private async Task<Guid> StoreAsync(IReadOnlyList<Customer> customers)
    {
        var organization = Unique.Id();
        await host.InDatabaseAsync(
            organization,
            db =>
            {
                db.AddRange(customers);
                return db.SaveChangesAsync();
            }
        );
        return organization;
    }
}
