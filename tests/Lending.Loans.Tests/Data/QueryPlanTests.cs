using System.Net;
using System.Text.Json;
using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>Lists of offers stay quick when there are many: with each filter and at each depth.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private const int Rows = 50_000;

    private static readonly string[] BigTables = ["offers"];

    // A host of its own, as other tests' statements must not be explained.
    private readonly LoansFixture fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task No_list_of_offers_reads_or_sorts_all_of_them()
    {
        var office = new Office(fixture);
        using var plans = new QueryPlans(fixture.Host);
        var offer = await office.OfferAsync();
        await plans.MultiplyAsync(
            "loans.offers",
            offer.Id,
            Rows,
            """
            jsonb_build_object('id', gen_random_uuid(), 'created_at', template.created_at - n * interval '1 minute', 'loan_amount', 1000 + n % 900,
                'total_payment', 2000 + n % 900, 'total_interest', 1000, 'status', (ARRAY['PENDING', 'APPROVED', 'REJECTED'])[1 + n % 3],
                'customer_id', CASE n % 500 WHEN 0 THEN template.customer_id ELSE gen_random_uuid() END)
            """
        );
        var first = await office.Installer.GetAsync("/loan-offers", HttpStatusCode.OK);
        var creator = office.InstallerSubject.UserId;

        string[] filters =
        [
            "",
            $"customerId={office.Customer.Id}",
            "status=PENDING",
            "status=PENDING&status=APPROVED",
            $"status=APPROVED&customerId={office.Customer.Id}",
            $"createdBy={creator}",
            "amountFrom=1200",
            "amountTo=1300",
            "createdFrom=2020-01-01T00:00:00Z",
            "createdTo=2040-01-01T00:00:00Z",
            $"status=PENDING&createdBy={creator}&amountFrom=1100&amountTo=1800&createdFrom=2020-01-01T00:00:00Z",
        ];
        foreach (var filter in filters)
        {
            foreach (var cursor in (string[])["", $"&cursor={first["nextCursor"]}"])
            {
                var path = $"/loan-offers?{filter}{cursor}";
                await plans.ShouldNotGrowAsync(path, BigTables, () => office.Installer.SendAsync("GET", path));
            }
        }
        await plans.ShouldNotGrowAsync(
            "a customer's own offers",
            BigTables,
            () => office.ClientOf(office.Customer.Id).SendAsync("GET", "/loan-offers")
        );
    }

    [Theory]
    [InlineData("""{ "Node Type": "Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }""", false)]
    [InlineData("""{ "Node Type": "Parallel Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }""", false)]
    [InlineData("""{ "Node Type": "Seq Scan", "Relation Name": "settings", "Plan Rows": 9 }""", true)]
    [InlineData("""{ "Node Type": "Sort", "Plan Rows": 100, "Plans": [{ "Node Type": "Index Scan", "Plan Rows": 50000 }] }""", false)]
    [InlineData("""{ "Node Type": "Sort", "Plan Rows": 100, "Plans": [{ "Node Type": "Index Scan", "Plan Rows": 90 }] }""", true)]
    [InlineData(
        """{ "Node Type": "Limit", "Plan Rows": 1, "Plans": [{ "Node Type": "Seq Scan", "Relation Name": "offers", "Plan Rows": 9 }] }""",
        false
    )]
    public void The_rule_finds_what_it_is_for(string plan, bool isGood) =>
        (QueryPlans.FindFault(JsonElement.Parse(plan), BigTables) is null).ShouldBe(isGood);
}
