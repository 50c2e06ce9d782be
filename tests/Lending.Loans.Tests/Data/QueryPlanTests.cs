using System.Globalization;
using System.Net;
using System.Text.Json;
using Lending.Customers.Contracts;
using Lending.Loans.Tests.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>No statement gets slower as the tables grow: lists with each filter and at each depth, reads, and the jobs.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private const int Offers = 50_000;

    // Ids of rows with a number, so that those of other tables can refer to them.
    private const string OfferOfN = "md5('offer' || n)::uuid";

    private static readonly string[] BigTables =
    [
        "offers",
        "offer_transitions",
        "offer_views",
        "offer_versions",
        "offer_comments",
        "offer_links",
        "offer_acceptances",
        "outbox_messages",
        "products",
        "product_versions",
    ];

    // A host of its own, as other tests' statements must not be explained.
    private readonly LoansFixture fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task No_statement_about_offers_grows_with_the_tables()
    {
        var office = new Office(fixture);
        var plans = new QueryPlans(fixture.Host);
        var offer = await office.OfferAsync();
        await MultiplyOffersAsync(plans, offer);
        // There are as many marks, else a plan may rightly read all of them.
        await office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await plans.MultiplyAsync(
            "loans.offer_views",
            $"template.offer_id = '{offer.Id}'",
            20_000,
            $"jsonb_build_object('offer_id', {OfferOfN})"
        );
        var middle = (await office.Installer.GetAsync($"/loan-offers?createdTo={Ago(Offers / 2)}", HttpStatusCode.OK))["nextCursor"];
        var creator = office.InstallerSubject.UserId;

        string[] filters =
        [
            "",
            $"customerId={office.Customer.Id}",
            $"customerId={Unique.Id()}",
            "status=DISBURSED",
            "status=PENDING",
            "status=WITHDRAWN",
            "status=PENDING&status=APPROVED",
            "status=WITHDRAWN&status=DECLINED",
            $"status=APPROVED&customerId={office.Customer.Id}",
            $"createdBy={creator}",
            $"createdBy={Unique.Id()}",
            "amountFrom=12000",
            "amountFrom=999999",
            "amountTo=500",
            "amountFrom=20000&amountTo=20000",
            "createdFrom=2020-01-01T00:00:00Z",
            "createdTo=2040-01-01T00:00:00Z",
            "createdTo=2020-01-01T00:00:00Z",
            $"createdFrom={Ago(2000)}&createdTo={Ago(1900)}",
            $"status=DISBURSED&createdBy={creator}&amountFrom=6000&amountTo=40000&createdFrom=2020-01-01T00:00:00Z",
        ];
        foreach (var filter in filters)
        {
            foreach (var cursor in (string[])["", $"&cursor={middle}"])
            {
                await ShouldNotGrowAsync(office.Installer, $"/loan-offers?{filter}{cursor}");
                await ShouldNotGrowAsync(office.CustomerClient, $"/loan-offers?{filter}{cursor}");
            }
        }
        foreach (var path in (string[])["", "/schedule", "/history", "/versions", "/versions/1", "/comments"])
        {
            await ShouldNotGrowAsync(office.Installer, $"/loan-offers/{offer.Id}{path}");
            await ShouldNotGrowAsync(office.CustomerClient, $"/loan-offers/{offer.Id}{path}");
        }
        await plans.ShouldNotGrowAsync(
            "a customer's deletion",
            BigTables,
            () => office.BehindTheApiAsync((ICustomerDeletionGuard guard) => guard.FindObstacleAsync(Unique.Id(), CancellationToken.None))
        );

        Task ShouldNotGrowAsync(HttpClient client, string path) =>
            plans.ShouldNotGrowAsync(path, BigTables, () => client.SendAsync("GET", path));
    }

    [Fact]
    public async Task No_statement_about_what_belongs_to_an_offer_grows_with_the_tables()
    {
        var office = new Office(fixture);
        var plans = new QueryPlans(fixture.Host);
        var offer = await office.OfferAsync();
        await office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await office.Installer.ExpectAsync("PATCH", $"/loan-offers/{offer.Id}", new { termMonths = 20 }, HttpStatusCode.OK);
        await office.Installer.PostAsync($"/loan-offers/{offer.Id}/comments", new { text = "Roof inspected." }, HttpStatusCode.Created);
        var accepted = await office.OfferAsync("ACCEPTED");
        var approved = await office.OfferAsync("APPROVED");
        var link = await office.Installer.PostAsync($"/loan-offers/{approved.Id}/link", null, HttpStatusCode.Created);
        await MultiplyOffersAsync(plans, offer);
        await MultiplyOffersOwnAsync(plans, offer.Id, accepted.Id, approved.Id);

        var comments = await office.Installer.GetAsync($"/loan-offers/{offer.Id}/comments", HttpStatusCode.OK);
        (HttpClient Client, string Method, string Path, object? Body)[] calls =
        [
            (office.Installer, "GET", "/comments", null),
            (office.Installer, "GET", $"/comments?cursor={comments["nextCursor"]}", null),
            (office.CustomerClient, "GET", "/comments", null),
            (office.CustomerClient, "GET", $"/comments?cursor={comments["nextCursor"]}", null),
            (office.Installer, "GET", "/history", null),
            (office.CustomerClient, "GET", "/history", null),
            (office.Installer, "GET", "/versions", null),
            (office.Installer, "GET", "/versions/1", null),
            (office.CustomerClient, "GET", "/versions/1", null),
            (office.CustomerClient, "GET", "", null),
            (office.Installer, "PATCH", "", new { termMonths = 30 }),
            (office.Installer, "POST", "/approve", new { }),
            (office.Installer, "POST", "/link", null),
        ];
        foreach (var (client, method, path, body) in calls)
        {
            await plans.ShouldNotGrowAsync(
                $"{method} {path}",
                BigTables,
                () => client.SendAsync(method, $"/loan-offers/{offer.Id}{path}", body)
            );
        }
        await plans.ShouldNotGrowAsync(
            "an acceptance",
            BigTables,
            () => office.Installer.SendAsync("GET", $"/loan-offers/{accepted.Id}/acceptance")
        );
        await plans.ShouldNotGrowAsync(
            "a link",
            BigTables,
            () => office.Anonymous.SendAsync("POST", $"/loan-offers/{approved.Id}/link/open", new { token = link["token"] })
        );
        await plans.ShouldNotGrowAsync("the deadlines", BigTables, () => office.Deadlines.RunAsync(CancellationToken.None));
        await plans.ShouldNotGrowAsync("the outbox", BigTables, () => fixture.Host.DeliverEventsAsync());
    }

    [Fact]
    public async Task No_statement_about_products_grows_with_the_tables()
    {
        var office = new Office(fixture);
        var plans = new QueryPlans(fixture.Host);
        var product = await office.ProductAsync();
        // 300 of this office, the others of other organisations.
        const string Organization =
            "'organization_id', CASE WHEN n <= 300 THEN template.organization_id ELSE md5('o' || n % 2000)::uuid END";
        await plans.MultiplyAsync(
            "loans.products",
            $"template.id = '{product.Id}'",
            20_000,
            $"""
            jsonb_build_object('id', md5('product' || n)::uuid, 'created_at', template.created_at - n * interval '1 minute', {Organization},
                'name', 'Product ' || n, 'normalized_name', 'PRODUCT ' || n, 'retired', n % 10 = 0,
                'currency', (ARRAY['EUR', 'EUR', 'EUR', 'CHF'])[1 + n % 4])
            """
        );
        await plans.MultiplyAsync(
            "loans.product_versions",
            $"template.product_id = '{product.Id}'",
            20_000,
            $"jsonb_build_object('id', md5('version' || n)::uuid, 'product_id', md5('product' || n)::uuid, {Organization})"
        );
        await plans.MultiplyAsync(
            "loans.product_versions",
            $"template.product_id = '{product.Id}'",
            500,
            "jsonb_build_object('id', gen_random_uuid(), 'number', 1 + n, 'created_at', template.created_at + n * interval '1 second')"
        );
        var next = (await office.Installer.GetAsync(Catalogue.Path, HttpStatusCode.OK))["nextCursor"];
        var nextVersion = (await office.Installer.GetAsync($"{Catalogue.Path}/{product.Id}/versions", HttpStatusCode.OK))["nextCursor"];

        string[] paths =
        [
            "",
            $"?cursor={next}",
            "?currency=EUR",
            "?currency=USD",
            "?retired=true",
            "?retired=false",
            $"?currency=CHF&retired=true&cursor={next}",
            $"/{product.Id}",
            $"/{product.Id}/versions",
            $"/{product.Id}/versions?cursor={nextVersion}",
            $"/{product.Id}/versions/1",
        ];
        foreach (var path in paths)
        {
            await plans.ShouldNotGrowAsync(path, BigTables, () => office.Installer.SendAsync("GET", $"{Catalogue.Path}{path}"));
        }
        await plans.ShouldNotGrowAsync(
            "an offer with a product",
            BigTables,
            () =>
                office.Installer.SendAsync(
                    "POST",
                    "/loan-offers",
                    new
                    {
                        customerId = office.Customer.Id,
                        loanAmount = 10_000,
                        termMonths = 24,
                        productId = product.Id,
                    }
                )
        );
    }

    [Theory]
    [InlineData("""{ "Node Type": "Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }""", "reads all of offers")]
    [InlineData("""{ "Node Type": "Parallel Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }""", "reads all of offers")]
    [InlineData("""{ "Node Type": "Seq Scan", "Relation Name": "settings", "Plan Rows": 9 }""", null)]
    [InlineData(
        """{ "Node Type": "Sort", "Plan Rows": 100, "Plans": [{ "Node Type": "Result", "Plan Rows": 5000 }] }""",
        "sorts 5000 rows"
    )]
    [InlineData(
        """{ "Node Type": "Sort", "Plans": [{ "Node Type": "Result", "Plan Rows": 9, "Actual Rows": 3, "Actual Loops": 500 }] }""",
        "sorts 1500 rows"
    )]
    [InlineData("""{ "Node Type": "Sort", "Plan Rows": 100, "Plans": [{ "Node Type": "Index Scan", "Plan Rows": 90 }] }""", null)]
    [InlineData("""{ "Node Type": "Incremental Sort", "Plans": [{ "Node Type": "Result", "Plan Rows": 5000 }] }""", "sorts 5000 rows")]
    [InlineData(
        """{ "Node Type": "Incremental Sort", "Plans": [{ "Node Type": "Result", "Plan Rows": 5000, "Actual Rows": 102, "Actual Loops": 1 }] }""",
        null
    )]
    [InlineData("""{ "Node Type": "Index Scan", "Relation Name": "offers", "Plan Rows": 50000 }""", "walks over 50000 rows of offers")]
    [InlineData(
        """{ "Node Type": "Index Scan", "Relation Name": "offers", "Actual Rows": 1, "Actual Loops": 2, "Rows Removed by Filter": 4000 }""",
        "walks over 8002 rows of offers"
    )]
    [InlineData(
        """{ "Node Type": "Index Scan", "Relation Name": "offers", "Actual Rows": 101, "Actual Loops": 1, "Plan Rows": 50000 }""",
        null
    )]
    [InlineData(
        """{ "Node Type": "Limit", "Plan Rows": 1, "Plans": [{ "Node Type": "Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }] }""",
        "reads all of offers"
    )]
    public void The_rule_finds_what_it_is_for(string plan, string? fault) =>
        QueryPlans.FindFault(JsonElement.Parse(plan), BigTables).ShouldBe(fault);

    // One offer a minute, shared among 40 users, to customers with three offers each; most are paid out. Nothing falls due but every thousandth.
    private static Task MultiplyOffersAsync(QueryPlans plans, Answer offer) =>
        plans.MultiplyAsync(
            "loans.offers",
            $"template.id = '{offer.Id}'",
            Offers,
            $"""
            jsonb_build_object('id', {OfferOfN}, 'created_at', template.created_at - n * interval '1 minute',
                'created_by_id', CASE n % 40 WHEN 0 THEN template.created_by_id ELSE md5('user' || n % 40)::uuid END,
                'customer_id', CASE n % 500 WHEN 0 THEN template.customer_id ELSE md5('customer' || n / 3)::uuid END,
                'loan_amount', 5000 + n * 7919 % 45000, 'amount_owed', 5000 + n * 7919 % 45000,
                'total_payment', 6000 + n * 7919 % 45000, 'total_interest', 1000, 'total_payable', 6000 + n * 7919 % 45000,
                'status', CASE WHEN n % 100 < 50 THEN 'DISBURSED' WHEN n % 100 < 65 THEN 'REJECTED' WHEN n % 100 < 75 THEN 'EXPIRED'
                    WHEN n % 100 < 85 THEN 'PENDING' WHEN n % 100 < 90 THEN 'APPROVED' WHEN n % 100 < 95 THEN 'ACCEPTED'
                    WHEN n % 1000 < 999 THEN 'CANCELLED' ELSE 'WITHDRAWN' END,
                'valid_until', now() + CASE WHEN n % 1000 = 85 THEN interval '-1 day' ELSE interval '1 hour' * (n % 700) END,
                'withdrawal_ends_at', now() + CASE WHEN n % 1000 = 90 THEN interval '-1 day' ELSE interval '1 hour' * (n % 300) END)
            """
        );

    private static async Task MultiplyOffersOwnAsync(QueryPlans plans, Guid offer, Guid accepted, Guid approved)
    {
        const string Id = "'id', gen_random_uuid()";
        const string Offer = $"'offer_id', {OfferOfN}";
        await plans.MultiplyAsync(
            "loans.offer_transitions",
            $"template.offer_id = '{offer}'",
            Offers,
            $"jsonb_build_object({Id}, {Offer})"
        );
        await plans.MultiplyAsync("loans.offer_views", $"template.offer_id = '{offer}'", 20_000, $"jsonb_build_object({Offer})");
        await plans.MultiplyAsync("loans.offer_versions", $"template.offer_id = '{offer}'", 20_000, $"jsonb_build_object({Id}, {Offer})");
        // 500 about this offer, every third of them for the customer.
        await plans.MultiplyAsync(
            "loans.offer_comments",
            $"template.offer_id = '{offer}'",
            20_000,
            $"""
            jsonb_build_object({Id}, 'offer_id', CASE WHEN n <= 500 THEN template.offer_id ELSE {OfferOfN} END,
                'visibility', CASE n % 3 WHEN 0 THEN 'CUSTOMER' ELSE 'INTERNAL' END, 'created_at', template.created_at - n * interval '1 minute')
            """
        );
        await plans.MultiplyAsync("loans.offer_acceptances", $"template.offer_id = '{accepted}'", 20_000, $"jsonb_build_object({Offer})");
        await plans.MultiplyAsync(
            "loans.offer_links",
            $"template.offer_id = '{approved}'",
            20_000,
            $$"""jsonb_build_object({{Id}}, {{Offer}}, 'token_hash', '\x' || encode(sha256(n::text::bytea), 'hex'))"""
        );
        // All delivered but the last 30.
        await plans.MultiplyAsync(
            "loans.outbox_messages",
            "template.id = (SELECT id FROM loans.outbox_messages LIMIT 1)",
            20_000,
            $$"""
            jsonb_build_object({{Id}}, 'next_attempt_at', template.next_attempt_at - n * interval '1 minute',
                'delivered_at', CASE WHEN n > 30 THEN template.occurred_at END)
            """
        );
    }

    private static string Ago(int minutes) =>
        TimeProvider.System.GetUtcNow().AddMinutes(-minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
