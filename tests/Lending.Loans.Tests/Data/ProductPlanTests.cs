using System.Net;
using Lending.Loans.Tests.Products;
using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>No statement about products gets slower as the tables grow.</summary>
public sealed class ProductPlanTests : IAsyncLifetime
{
    // A host of its own, as other tests' statements must not be explained.
    private readonly LoansFixture fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

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
            await plans.ShouldNotGrowAsync(path, PlanTables.Names, () => office.Installer.SendAsync("GET", $"{Catalogue.Path}{path}"));
        }
        await plans.ShouldNotGrowAsync(
            "an offer with a product",
            PlanTables.Names,
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
}
