using System.Net;
using Lending.Host.Tests.Architecture;
using Lending.Kernel;
using Lending.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Host.Tests.Journeys;

/// <summary>What the modules together let an organisation have deleted.</summary>
public sealed class RetentionTests(HostFixture host)
{
    private readonly World world = new(host);

    [Fact]
    public async Task These_kinds_of_records_can_have_a_rule_and_are_kept_at_least_so_long()
    {
        var administrator = await world.CreateAdministratorAsync(await world.CreateOrganizationAsync());

        var rules = (await administrator.GetAsync("/retention/rules", HttpStatusCode.OK)).Json.GetProperty("rules");

        // Loans that run or were paid out are in none of them.
        rules
            .EnumerateArray()
            .Select(rule => (rule.GetProperty("records").GetString()!, rule.GetProperty("minimumMonths").GetInt32()))
            .ShouldBe([
                ("CLOSED_APPLICATIONS", 6),
                ("CLOSED_OFFERS", 6),
                ("CONSENTS", 60),
                ("CUSTOMERS_WITHOUT_OFFERS", 6),
                ("DOCUMENTS", 6),
                ("ERASURES", 36),
                ("LOGINS", 1),
                ("MESSAGES", 1),
                ("WITHDRAWN_OFFERS", 72),
            ]);
        await using var scope = host.App.Services.CreateAsyncScope();
        var kinds = scope.ServiceProvider.GetServices<IOldRecords>().ToList();
        kinds.Count.ShouldBe(rules.GetArrayLength());
        var documented = await File.ReadAllTextAsync(Repository.PathOf("docs/openapi/v1.json"), TestContext.Current.CancellationToken);
        kinds.ShouldAllBe(kind => documented.Contains($"`{kind.Name}`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_customer_is_previewed_only_when_no_offer_is_left()
    {
        var organizationId = await world.CreateOrganizationAsync();
        var installer = await world.CreateInstallerAsync(organizationId);
        var administrator = await world.CreateAdministratorAsync(organizationId);
        var (bound, free) = (await World.CreateCustomerAsync(installer), await World.CreateCustomerAsync(installer));
        await World.CreateOfferAsync(installer, bound);
        await using var dataSource = NpgsqlDataSource.Create(host.ConnectionString);
        await using var age = dataSource.CreateCommand(
            $"UPDATE customers.customers SET created_at = created_at - interval '2 years', updated_at = updated_at - interval '2 years' WHERE id IN ('{bound}', '{free}')"
        );
        await age.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var rules = new { rules = new[] { new { records = "CUSTOMERS_WITHOUT_OFFERS", months = 12 } } };

        var preview = await administrator.PostAsync("/retention/preview", rules, HttpStatusCode.OK);

        preview.Json.GetProperty("rules")[0].GetProperty("count").GetInt32().ShouldBe(1);
    }
}
