using System.Net;
using Lending.Kernel;
using Lending.Loans.Offers;
using Lending.Loans.Seeding;
using Lending.Platform.Seeding;
using Lending.Testing;

namespace Lending.Loans.Tests.Seeding;

public sealed class LoansSeederTests(LoansFixture fixture)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("EUR")]
    [InlineData("JPY")]
    [InlineData("KWD")]
    public void Made_up_offers_obey_the_rules_and_cover_every_state(string currency)
    {
        var offers = Make(Plan(new Office(fixture, currency), seed: 1, offers: 500), currency);

        offers.Count.ShouldBe(500);
        offers.Select(offer => offer.Status).Distinct().Count().ShouldBe(9);
        foreach (var offer in offers)
        {
            offer.LoanAmount.ShouldBeInRange(5_000, 35_000);
            offer.AnnualRatePercent.ShouldBeInRange(2.9m, 8.9m);
            offer.TermMonths.ShouldBeInRange(24, 180);
            (offer.TermMonths % 12).ShouldBe(0);
            offer.History[^1].To.ShouldBe(offer.Status);
            offer.UpdatedAt.ShouldBe(offer.History[^1].At);
            offer.History.Select(transition => transition.At).ShouldBeInOrder();
            offer.History.ShouldAllBe(transition => transition.At <= Now);
            offer.History.Where(transition => transition.To == OfferStatus.Rejected).ShouldAllBe(transition => transition.Comment != null);
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_offers()
    {
        var office = new Office(fixture);
        var plan = Plan(office, seed: 7, offers: 50);

        Figures(plan).ShouldBe(Figures(plan));
        Figures(plan with { Seed = 8 }).ShouldNotBe(Figures(plan));

        static IEnumerable<(Guid, decimal, decimal, int, OfferStatus, DateTimeOffset)> Figures(SeedPlan plan) =>
            Make(plan, "EUR")
                .Select(offer =>
                    (offer.Customer.Id, offer.LoanAmount, offer.AnnualRatePercent, offer.TermMonths, offer.Status, offer.UpdatedAt)
                );
    }

    [Fact]
    public async Task Seeding_writes_the_plan_once_and_gives_the_demo_customer_two_offers_one_pending()
    {
        var office = new Office(fixture);
        var plan = Plan(office, seed: 3, offers: 30);

        for (var run = 0; run < 2; run++)
        {
            await SeedAsync(office, plan);
            (await office.CountAsync()).ShouldBe(30);
        }

        var demo = office.ClientOf(plan.Customers[0].Id);
        var items = (await demo.GetAsync("/loan-offers", HttpStatusCode.OK)).Json.GetProperty("items").EnumerateArray().ToList();
        items.Count.ShouldBeGreaterThanOrEqualTo(2);
        items.ShouldContain(item => item.GetProperty("status").GetString() == "PENDING");
        items[0].GetProperty("customer").GetProperty("fullName").GetString().ShouldBe(plan.Customers[0].FullName);
        items[0].GetProperty("createdBy").GetProperty("username").GetString().ShouldBe(plan.Installer!.Username);
    }

    [Fact]
    public async Task Without_customers_there_is_nothing_to_seed()
    {
        var office = new Office(fixture);
        var plan = Plan(office, seed: 3, offers: 30);
        plan.Customers.Clear();

        await SeedAsync(office, plan);

        (await office.CountAsync()).ShouldBe(0);
    }

    private static List<LoanOffer> Make(SeedPlan plan, string currency) =>
        [.. new GreenOffers(plan, Currency.Get(currency), "Solar GmbH", "Europe/Berlin", Now).Make()];

    private static Task<bool> SeedAsync(Office office, SeedPlan plan) =>
        office.BehindTheApiAsync(
            async (IModuleSeeder seeder) =>
            {
                await seeder.SeedAsync(plan, CancellationToken.None);
                return true;
            }
        );

    private static SeedPlan Plan(Office office, int seed, int offers)
    {
        var plan = new SeedPlan(seed, CustomerCount: 3, offers)
        {
            OrganizationId = office.Id,
            Installer = new UserReference(office.InstallerSubject.UserId, office.InstallerSubject.Username),
        };
        for (var number = 0; number < plan.CustomerCount; number++)
        {
            var customer = office.AddCustomer();
            plan.Customers.Add(new SeededCustomer(customer.Id, customer.FullName, customer.Email, DateTimeOffset.UnixEpoch));
        }
        return plan;
    }
}
