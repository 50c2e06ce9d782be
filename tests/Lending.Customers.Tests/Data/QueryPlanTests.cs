using System.Net;
using Lending.Testing;

namespace Lending.Customers.Tests.Data;

/// <summary>Lists of customers stay quick when there are many: with each filter, in each order and at each depth.</summary>
public sealed class QueryPlanTests
{
    private const int Rows = 30_000;

    private static readonly string[] BigTables = ["customers"];

    [Fact]
    public async Task No_list_of_customers_reads_or_sorts_all_of_them()
    {
        // A host of its own, as other tests' statements must not be explained.
        await using var host = await CustomersHost.StartAsync();
        var subject = Persons.Installer(Unique.Id());
        var installer = host.ClientFor(subject);
        using var plans = new QueryPlans(host);
        var customer = await installer.CreateCustomerAsync();
        await plans.MultiplyAsync(
            "customers.customers",
            customer.Id,
            Rows,
            """
            jsonb_build_object('id', gen_random_uuid(), 'created_at', template.created_at - n * interval '1 minute',
                'first_name', (ARRAY['Anna', 'Greta', 'Jonas', 'Lukas'])[1 + n % 4], 'last_name', 'Name' || md5(n::text),
                'email', md5(n::text) || '@example.org', 'city', (ARRAY['Berlin', 'Leipzig', 'Leeds'])[1 + n % 3])
            """
        );

        string[] filters =
        [
            "",
            "search=named3d9446802a44259755d38e6d163e820",
            "search=sommerwind",
            "city=berlin",
            "country=DE",
            $"createdBy={subject.UserId}",
            "createdFrom=2020-01-01T00:00:00Z",
            "createdTo=2040-01-01T00:00:00Z",
            "search=named3d9446802a44259755d38e6d163e820&city=berlin&country=DE&createdFrom=2020-01-01T00:00:00Z",
        ];
        foreach (var order in (string[])["-createdAt", "createdAt", "name", "-name"])
        {
            var next = (await installer.GetAsync($"/customers?sort={order}", HttpStatusCode.OK))["nextCursor"];
            foreach (var filter in filters)
            {
                foreach (var cursor in (string[])["", $"&cursor={next}"])
                {
                    var path = $"/customers?sort={order}&{filter}{cursor}";
                    await plans.ShouldNotGrowAsync(path, BigTables, () => installer.SendAsync("GET", path));
                }
            }
        }
        await plans.ShouldNotGrowAsync(
            "a customer's own profile",
            BigTables,
            () => host.ClientFor(Persons.Customer(subject.OrganizationId, customer.Id)).SendAsync("GET", "/customers")
        );
    }
}
