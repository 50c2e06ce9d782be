using System.Net;
using System.Text.Json;
using Lending.Seeding;
using Lending.Testing;

namespace Lending.Host.Tests.Seeding;

/// <summary>Seeded rows of a German and of an American organisation, read and written back through the API: it takes them for its own.</summary>
public sealed class SeededSampleTests : IAsyncLifetime
{
    private SeedDatabase database = null!;
    private SeedResult seeded = null!;
    private readonly List<HttpClient> installers = [];

    public async ValueTask InitializeAsync()
    {
        database = await SeedDatabase.CreateAsync(listens: true);
        seeded = await database.SeedAsync(
            new SeedOptions
            {
                Organizations = 2,
                Installers = 4,
                Customers = 80,
                Offers = 400,
                // Approved offers are still valid today.
                Until = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            }
        );
        // All installers share the demo installer's password.
        foreach (var organization in seeded.Plan.Organizations)
        {
            installers.Add(await database.LogInAsync(organization.Installers[0].Username, seeded.Plan.Accounts[0].Password));
        }
    }

    public async ValueTask DisposeAsync()
    {
        installers.ForEach(installer => installer.Dispose());
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Every_customer_passes_the_validation_of_the_API_and_is_found_by_name_and_email()
    {
        foreach (var installer in installers)
        {
            var customers = await ListAsync(installer, "/customers");

            customers.Count.ShouldBe(40);
            foreach (var customer in customers)
            {
                var id = customer.GetProperty("id").GetGuid();
                var written = await installer.ExpectAsync("PUT", $"/customers/{id}", Fields(customer, Details), HttpStatusCode.OK);
                Fields(written.Json, Details).ShouldBe(Fields(customer, Details));
                foreach (var text in (string[])["email", "fullName"])
                {
                    var search = Uri.EscapeDataString(customer.GetProperty(text).GetString()!.ToUpperInvariant());
                    (await ListAsync(installer, "/customers", $"search={search}"))
                        .Select(found => found.GetProperty("id").GetGuid())
                        .ShouldContain(id);
                }
            }
            customers.Select(customer => customer.GetProperty("country").GetString()).Distinct().Order().ShouldBe(["DE", "US"]);
        }
    }

    [Fact]
    public async Task Every_offer_has_the_figures_of_a_quote_and_of_its_schedule()
    {
        foreach (var installer in installers)
        {
            foreach (var offer in await ListAsync(installer, "/loan-offers"))
            {
                var quote = (
                    await installer.PostAsync("/loan-offers/quote", Fields(offer, [.. Terms, "currency"]), HttpStatusCode.OK)
                ).Json;
                foreach (
                    var figure in (string[])["monthlyPayment", "totalPayment", "totalInterest", "amountOwed", "totalPayable", "aprcPercent"]
                )
                {
                    quote.GetProperty(figure).GetDecimal().ShouldBe(offer.GetProperty(figure).GetDecimal(), $"{offer}");
                }
                var rows = (await installer.GetAsync($"/loan-offers/{offer.GetProperty("id")}/schedule", HttpStatusCode.OK))
                    .Json.GetProperty("rows")
                    .EnumerateArray()
                    .ToList();
                rows.Sum(row => row.GetProperty("payment").GetDecimal()).ShouldBe(offer.GetProperty("totalPayment").GetDecimal());
            }
        }
    }

    [Fact]
    public async Task Every_state_is_there_and_agrees_with_the_history()
    {
        foreach (var installer in installers)
        {
            var offers = await ListAsync(installer, "/loan-offers");

            offers.Count.ShouldBe(200);
            foreach (var offer in offers)
            {
                var history = (await installer.GetAsync($"/loan-offers/{offer.GetProperty("id")}/history", HttpStatusCode.OK))
                    .Json.GetProperty("items")
                    .EnumerateArray()
                    .ToList();
                history[0].GetProperty("from").ValueKind.ShouldBe(JsonValueKind.Null);
                history[0].GetProperty("at").GetDateTimeOffset().ShouldBe(offer.GetProperty("createdAt").GetDateTimeOffset());
                foreach (var (earlier, later) in history.Zip(history.Skip(1)))
                {
                    later.GetProperty("from").GetString().ShouldBe(earlier.GetProperty("to").GetString());
                    later.GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThan(earlier.GetProperty("at").GetDateTimeOffset());
                }
                history[^1].GetProperty("to").GetString().ShouldBe(offer.GetProperty("status").GetString());
                var last = history[^1].GetProperty("at").GetDateTimeOffset();
                var updated = offer.GetProperty("updatedAt").GetDateTimeOffset();
                // Terms are only changed while nobody has decided, and no step of the history.
                (updated == last || history.Count == 1 && updated > last).ShouldBeTrue($"{offer}");
            }
            offers
                .Select(offer => offer.GetProperty("status").GetString())
                .Distinct()
                .Order()
                .ShouldBe(["ACCEPTED", "APPROVED", "CANCELLED", "DECLINED", "DISBURSED", "EXPIRED", "PENDING", "REJECTED", "WITHDRAWN"]);
        }
    }

    [Fact]
    public async Task What_was_accepted_is_what_the_offer_says_today_and_its_schedule_is_that_of_the_offer()
    {
        foreach (var installer in installers)
        {
            var accepted = (await ListAsync(installer, "/loan-offers"))
                .Where(offer => offer.GetProperty("status").GetString() is "ACCEPTED" or "WITHDRAWN" or "DISBURSED")
                .ToList();
            accepted.Count.ShouldBeGreaterThan(50);
            foreach (var path in accepted.Select(offer => $"/loan-offers/{offer.GetProperty("id")}"))
            {
                var offer = (await installer.GetAsync(path, HttpStatusCode.OK)).Json;
                var acceptance = (await installer.GetAsync($"{path}/acceptance", HttpStatusCode.OK)).Json;
                var schedule = (await installer.GetAsync($"{path}/schedule", HttpStatusCode.OK)).Json;
                foreach (var member in (string[])["version", "documentHash"])
                {
                    acceptance.GetProperty(member).ToString().ShouldBe(offer.GetProperty(member).ToString());
                }
                acceptance.GetProperty("typedName").GetString().ShouldBe(offer.GetProperty("customer").GetProperty("fullName").GetString());
                acceptance.GetProperty("schedule").GetRawText().ShouldBe(schedule.GetProperty("rows").GetRawText());
            }
        }
    }

    [Fact]
    public async Task Every_offer_names_an_existing_customer_of_before_and_an_installer()
    {
        foreach (var (installer, organization) in installers.Zip(seeded.Plan.Organizations))
        {
            var customers = (await ListAsync(installer, "/customers")).ToDictionary(customer => customer.GetProperty("id").GetGuid());

            foreach (var offer in await ListAsync(installer, "/loan-offers"))
            {
                var customer = customers[offer.GetProperty("customerId").GetGuid()];
                offer.GetProperty("customer").GetProperty("fullName").GetString().ShouldBe(customer.GetProperty("fullName").GetString());
                offer.GetProperty("customer").GetProperty("email").GetString().ShouldBe(customer.GetProperty("email").GetString());
                offer
                    .GetProperty("createdAt")
                    .GetDateTimeOffset()
                    .ShouldBeGreaterThanOrEqualTo(customer.GetProperty("createdAt").GetDateTimeOffset());
                organization
                    .Installers.Select(staff => staff.Username)
                    .ShouldContain(offer.GetProperty("createdBy").GetProperty("username").GetString());
            }
        }
    }

    [Fact]
    public async Task Pending_offers_can_be_changed_and_approved()
    {
        foreach (var installer in installers)
        {
            var pending = await ListAsync(installer, "/loan-offers", "status=PENDING");
            pending.ShouldNotBeEmpty();
            foreach (var offer in pending)
            {
                var id = offer.GetProperty("id").GetGuid();
                var written = await installer.ExpectAsync(
                    "PUT",
                    $"/loan-offers/{id}",
                    Fields(offer, [.. Terms, "customerId"]),
                    HttpStatusCode.OK
                );
                written.Json.GetProperty("monthlyPayment").GetDecimal().ShouldBe(offer.GetProperty("monthlyPayment").GetDecimal());
            }
            var read = await installer.GetAsync($"/loan-offers/{pending[0].GetProperty("id")}", HttpStatusCode.OK);
            var approved = await installer.PostAsync($"/loan-offers/{read.Id}/approve", World.Decision(read), HttpStatusCode.OK);
            approved["status"].ShouldBe("APPROVED");
        }
    }

    [Fact]
    public async Task Documents_versions_and_comments_of_offers_can_be_read()
    {
        var (versions, comments) = (0, 0);
        foreach (var installer in installers)
        {
            foreach (var path in (await ListAsync(installer, "/loan-offers")).Select(offer => $"/loan-offers/{offer.GetProperty("id")}"))
            {
                versions += (await installer.GetAsync($"{path}/versions", HttpStatusCode.OK)).Json.GetProperty("items").GetArrayLength();
                comments += (await ListAsync(installer, $"{path}/comments")).Count;
            }
            var newest = (await ListAsync(installer, "/loan-offers"))[0].GetProperty("id");
            using var document = await installer.GetAsync(new Uri($"/api/v1/loan-offers/{newest}/document", UriKind.Relative));
            document.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        versions.ShouldBeGreaterThan(400);
        comments.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Products_give_quotes_unless_they_are_retired_and_the_administrator_can_change_them()
    {
        foreach (var (installer, organization) in installers.Zip(seeded.Plan.Organizations))
        {
            var products = await ListAsync(installer, "/loan-products");
            products.Count.ShouldBe(3);
            foreach (var product in products)
            {
                product.GetProperty("currency").GetString().ShouldBe(organization.Currency);
                var quote = new
                {
                    productId = product.GetProperty("id").GetGuid(),
                    loanAmount = 12_000,
                    termMonths = 60,
                };
                await installer.PostAsync(
                    "/loan-offers/quote",
                    quote,
                    product.GetProperty("retired").GetBoolean() ? HttpStatusCode.BadRequest : HttpStatusCode.OK
                );
            }
        }
        using var administrator = await LogInAsync("ADMIN");
        var own = (await ListAsync(administrator, "/loan-products"))[0].GetProperty("id");
        await administrator.ExpectAsync("PATCH", $"/loan-products/{own}", new { validityDays = 45 }, HttpStatusCode.OK);
        (await ListAsync(administrator, "/users")).Count(user => user.GetProperty("role").GetString() == "INSTALLER").ShouldBe(2);
    }

    [Fact]
    public async Task The_demo_customer_sees_the_own_offers_a_pending_an_approved_and_an_accepted_one_first()
    {
        using var customer = await LogInAsync("CUSTOMER");

        var offers = await ListAsync(customer, "/loan-offers");

        offers.Take(3).Select(offer => offer.GetProperty("status").GetString()).ShouldBe(["PENDING", "APPROVED", "ACCEPTED"]);
        (await ListAsync(customer, "/customers")).ShouldHaveSingleItem();
    }

    private static readonly string[] Details =
    [
        "firstName",
        "lastName",
        "email",
        "phoneNumber",
        "addressLine1",
        "addressLine2",
        "city",
        "state",
        "postalCode",
        "country",
    ];

    private static readonly string[] Terms = ["loanAmount", "annualRatePercent", "termMonths", "payoutDate", "firstDueDate"];

    private Task<HttpClient> LogInAsync(string role)
    {
        var account = seeded.Plan.Accounts.Single(account => account.Role == role);
        return database.LogInAsync(account.Username, account.Password);
    }

    private static string Fields(JsonElement from, string[] names) =>
        JsonSerializer.Serialize(names.ToDictionary(name => name, name => from.GetProperty(name)));

    private static async Task<List<JsonElement>> ListAsync(HttpClient client, string path, string query = "limit=200")
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = (await client.GetAsync($"{path}?{query}{(cursor is null ? "" : $"&cursor={cursor}")}", HttpStatusCode.OK)).Json;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);
        return items;
    }
}
