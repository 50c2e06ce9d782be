using System.Globalization;
using System.Net;
using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>No statement about offers gets slower as the tables grow: lists with each filter and at each depth, and reads.</summary>
public sealed class OfferPlanTests : IAsyncLifetime
{
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
        await office.CustomerClient.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK);
        await PlanTables.MultiplyOffersAsync(plans, offer);
        // There are as many marks, else a plan may rightly read all of them.
        await PlanTables.MultiplyViewsAsync(plans, offer.Id);
        var middle = (await office.Installer.GetAsync($"/loan-offers?createdTo={Ago(PlanTables.Offers / 2)}", HttpStatusCode.OK))[
            "nextCursor"
        ];
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

        Task ShouldNotGrowAsync(HttpClient client, string path) =>
            plans.ShouldNotGrowAsync(path, PlanTables.Names, () => client.SendAsync("GET", path));
    }

    private static string Ago(int minutes) =>
        TimeProvider.System.GetUtcNow().AddMinutes(-minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
