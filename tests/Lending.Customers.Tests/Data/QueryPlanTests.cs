using System.Globalization;
using System.Net;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Customers.Tests.Data;

/// <summary>No statement gets slower as the table grows: lists with each filter, in each order and at each depth, and reads.</summary>
public sealed class QueryPlanTests
{
    private const int Customers = 50_000;

    // Of one customer, of every three-hundredth, and of every twenty-seventh.
    private const string RareName = "Name40000x";
    private const string CommonName = "Vorname7x";
    private const string FrequentName = "Vorname7";

    private static readonly string[] BigTables = ["customers"];

    [Fact]
    public async Task No_statement_grows_with_the_table()
    {
        // A host of its own, as other tests' statements must not be explained.
        await using var host = await CustomersFixture.StartAsync();
        var subject = Persons.Installer(Unique.Id());
        var installer = host.ClientFor(subject);
        var plans = new QueryPlans(host);
        var customer = await installer.CreateCustomerAsync();
        await plans.MultiplyAsync(
            "customers.customers",
            $"template.id = '{customer.Id}'",
            Customers,
            """
            jsonb_build_object('id', gen_random_uuid(), 'created_at', template.created_at - n * interval '1 minute',
                'created_by_id', CASE n % 40 WHEN 0 THEN template.created_by_id ELSE md5('user' || n % 40)::uuid END,
                'installer_id', CASE n % 40 WHEN 0 THEN template.installer_id ELSE md5('user' || n % 40)::uuid END,
                'first_name', 'Vorname' || n % 300 || 'x', 'last_name', 'Name' || n || 'x', 'email_hash', '\x' || encode(sha256(n::text::bytea), 'hex'),
                'phone_number_hash', '\x' || encode(sha256((n / 3)::text::bytea), 'hex'),
                'city', CASE n % 3 WHEN 0 THEN 'Berlin' ELSE 'Ort ' || n % 2000 END,
                'country', (ARRAY['DE', 'DE', 'DE', 'DE', 'DE', 'DE', 'DE', 'DE', 'AT', 'CH'])[1 + n % 10])
            """
        );

        string[] filters =
        [
            "",
            $"search={RareName}",
            $"search={CommonName}",
            $"search={FrequentName}",
            "search=nobody-is-called-so",
            "search=nobody@example.org",
            $"search={customer["email"]}",
            $"search={Uri.EscapeDataString(customer["phoneNumber"]!)}",
            "city=berlin",
            "city=ort 17",
            "city=atlantis",
            "country=DE",
            "country=CH",
            "country=FR",
            $"createdBy={subject.UserId}",
            $"createdBy={Unique.Id()}",
            $"installerId={subject.UserId}",
            $"installerId={Unique.Id()}",
            "createdFrom=2020-01-01T00:00:00Z",
            "createdTo=2040-01-01T00:00:00Z",
            $"createdFrom={Ago(2000)}&createdTo={Ago(1900)}",
            $"search={CommonName}&city=berlin&country=DE&createdFrom=2020-01-01T00:00:00Z",
        ];
        foreach (var order in (string[])["-createdAt", "createdAt", "name", "-name"])
        {
            var middle = order.EndsWith("createdAt", StringComparison.Ordinal)
                ? $"createdTo={Ago(Customers / 2)}&createdFrom={Ago(Customers / 2 + 500)}"
                : "search=Name25";
            var next = (await installer.GetAsync($"/customers?sort={order}&limit=20&{middle}", HttpStatusCode.OK))["nextCursor"];
            foreach (var filter in filters)
            {
                foreach (var cursor in (string[])["", $"&cursor={next}"])
                {
                    var path = $"/customers?sort={order}&{filter}{cursor}";
                    await plans.ShouldNotGrowAsync(path, BigTables, () => installer.SendAsync("GET", path));
                }
            }
        }
        var own = host.ClientFor(Persons.Customer(subject.OrganizationId, customer.Id));
        await plans.ShouldNotGrowAsync("a customer's own profile", BigTables, () => own.SendAsync("GET", "/customers"));
        await plans.ShouldNotGrowAsync("one customer", BigTables, () => installer.SendAsync("GET", $"/customers/{customer.Id}"));
        await plans.ShouldNotGrowAsync("holding a customer", BigTables, () => HoldAsync(host, subject.OrganizationId, customer.Id));
        foreach (
            var path in (string[])
                [
                    $"/customers?search={RareName}",
                    $"/customers?search={RareName.ToUpperInvariant()}&sort=name",
                    $"/customers?search={RareName}&country=DE&createdFrom=2020-01-01T00:00:00Z&createdBy={subject.UserId}",
                    "/customers?city=ort 17",
                ]
        )
        {
            await plans.ShouldUseAsync("ix_customers_search_text_city", path, () => installer.SendAsync("GET", path));
        }
        await plans.ShouldUseAsync(
            "ux_customers_email",
            "by e-mail",
            () => installer.SendAsync("GET", $"/customers?search={customer["email"]}")
        );
        await plans.ShouldUseAsync(
            "ix_customers_organization_id_phone_number_hash",
            "by phone",
            () => installer.SendAsync("GET", $"/customers?search={Uri.EscapeDataString(customer["phoneNumber"]!)}")
        );
        var longAgo = TimeProvider.System.GetUtcNow().AddYears(-100);
        await plans.ShouldNotGrowAsync(
            "old customers",
            BigTables,
            () =>
                host.InModuleAsync(
                    subject.OrganizationId,
                    services =>
                        services
                            .GetServices<IOldRecords>()
                            .Single(records => records.Name == "CUSTOMERS_WITHOUT_OFFERS")
                            .DeleteAsync(longAgo, 100, TestContext.Current.CancellationToken)
                )
        );
        await plans.ShouldNotGrowAsync("a deletion", BigTables, () => installer.SendAsync("DELETE", $"/customers/{customer.Id}"));
    }

    private static async Task HoldAsync(ModuleHost host, Guid organizationId, Guid customerId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, new UserReference(Unique.Id(), "installer"));
        await using var transaction = await scope.ServiceProvider.GetRequiredService<Transactions>().BeginAsync(CancellationToken.None);
        (
            await scope.ServiceProvider.GetRequiredService<ICustomerDirectory>().HoldAsync(customerId, CancellationToken.None)
        ).ShouldNotBeNull();
    }

    private static string Ago(int minutes) =>
        TimeProvider.System.GetUtcNow().AddMinutes(-minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
