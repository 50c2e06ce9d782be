using System.Net;
using Lending.Customers.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Tests.Offers;
using Lending.Platform.Outbox;
using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>No statement about what belongs to an offer gets slower as the tables grow, nor do the jobs.</summary>
public sealed class OfferPartPlanTests : IAsyncLifetime
{
    // A host of its own, as other tests' statements must not be explained.
    private readonly LoansFixture fixture = new() { AddMore = services => services.AddEventHandler<LoanOfferCreated, Listener>() };

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

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
        var link = await office.Installer.PostAsync($"/loan-offers/{approved.Id}/link", null, HttpStatusCode.Accepted);
        await PlanTables.MultiplyOffersAsync(plans, offer);
        await PlanTables.MultiplyOffersOwnAsync(plans, offer.Id, accepted.Id, approved.Id);

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
            (office.Installer, "POST", "/approve", null),
            (office.Installer, "POST", "/link", null),
        ];
        foreach (var (client, method, path, given) in calls)
        {
            var body =
                path == "/approve" ? Steps.Decision(await office.Installer.GetAsync($"/loan-offers/{offer.Id}", HttpStatusCode.OK)) : given;
            await plans.ShouldNotGrowAsync(
                $"{method} {path}",
                PlanTables.Names,
                () => client.SendAsync(method, $"/loan-offers/{offer.Id}{path}", body)
            );
        }
        await plans.ShouldNotGrowAsync(
            "a customer's deletion",
            PlanTables.Names,
            () => office.BehindTheApiAsync((ICustomerDeletionGuard guard) => guard.FindObstacleAsync(Unique.Id(), CancellationToken.None))
        );
        await plans.ShouldNotGrowAsync(
            "which customers have offers",
            PlanTables.Names,
            () =>
                office.BehindTheApiAsync(
                    (ICustomerDeletionGuard guard) => guard.FindBoundAsync([Unique.Id(), Unique.Id()], CancellationToken.None)
                )
        );
        var longAgo = TimeProvider.System.GetUtcNow().AddYears(-100);
        await plans.ShouldNotGrowAsync(
            "old offers",
            PlanTables.Names,
            () =>
                office.BehindTheApiAsync(
                    async (IEnumerable<IOldRecords> kinds) =>
                    {
                        var deleted = 0;
                        foreach (var kind in kinds)
                        {
                            deleted += await kind.DeleteAsync(longAgo, 100, CancellationToken.None);
                        }
                        return deleted;
                    }
                )
        );
        await plans.ShouldNotGrowAsync(
            "a customer's copy",
            PlanTables.Names,
            () => office.BehindTheApiAsync((ICustomerRecords records) => records.ReadAsync(Unique.Id(), CancellationToken.None))
        );
        await plans.ShouldNotGrowAsync(
            "a customer's erasure",
            PlanTables.Names,
            () => office.BehindTheApiAsync((ICustomerErasure erasure) => erasure.EraseAsync(Unique.Id(), CancellationToken.None))
        );
        await plans.ShouldNotGrowAsync(
            "an acceptance",
            PlanTables.Names,
            () => office.Installer.SendAsync("GET", $"/loan-offers/{accepted.Id}/acceptance")
        );
        await plans.ShouldNotGrowAsync(
            "a link",
            PlanTables.Names,
            () => office.Anonymous.SendAsync("POST", $"/loan-offers/{approved.Id}/link/open", new { token = link["token"] })
        );
        await plans.ShouldNotGrowAsync("the deadlines", PlanTables.Names, () => office.Deadlines.RunAsync(CancellationToken.None));
        await plans.ShouldNotGrowAsync("the outbox", PlanTables.Names, () => fixture.Host.DeliverEventsAsync());
    }

    private sealed class Listener : IEventHandler<LoanOfferCreated>
    {
        public Task HandleAsync(LoanOfferCreated happened, Guid messageId, CancellationToken ct) => Task.CompletedTask;
    }
}
