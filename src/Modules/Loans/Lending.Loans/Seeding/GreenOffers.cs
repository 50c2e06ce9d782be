using Bogus;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Platform.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>Makes up offers for heat pumps, solar panels and storages, with histories that agree with their states.</summary>
internal sealed class GreenOffers(SeedPlan plan, Currency currency, string timeZone, DateTimeOffset now)
{
    // What the three cost, in whole hundreds.
    private static readonly (int From, int To)[] Prices = [(150, 350), (80, 250), (50, 150)];

    private readonly Randomizer random = new(plan.Seed);

    private readonly Faker faker = new() { Random = new Randomizer(plan.Seed) };

    /// <summary>The first customer, who has a demo account, gets a pending offer and another one; the rest fall where they fall.</summary>
    public IEnumerable<LoanOffer> Make() => Enumerable.Range(0, plan.OfferCount).Select(Make);

    private LoanOffer Make(int number)
    {
        var customer = number < 2 ? plan.Customers[0] : random.ListItem(plan.Customers);
        var ageMinutes = Math.Min(random.Int(4 * 24 * 60, 360 * 24 * 60), (now - customer.CreatedAt).TotalMinutes);
        var createdAt = now - TimeSpan.FromMinutes(Math.Floor(ageMinutes));
        var offer = LoanOffer.Create(
            new OfferCustomer
            {
                Id = customer.Id,
                FullName = customer.FullName,
                Email = customer.Email,
            },
            Terms(),
            timeZone,
            plan.Installer!,
            createdAt
        );
        if (number > 0)
        {
            Decide(offer, createdAt);
        }
        return offer;
    }

    private LoanTerms Terms()
    {
        var (from, to) = random.ArrayElement(Prices);
        return new LoanTerms(100 * random.Int(from, to), random.Int(29, 89) / 10m, 12 * random.Int(2, 15), currency);
    }

    private void Decide(LoanOffer offer, DateTimeOffset createdAt)
    {
        var state = random.Enum<OfferStatus>();
        var decidedAt = createdAt.AddMinutes(random.Int(60, 2 * 24 * 60));
        if (state == OfferStatus.Rejected)
        {
            offer.Reject(plan.Installer!, faker.Lorem.Sentence(), decidedAt);
        }
        if (state is OfferStatus.Approved or OfferStatus.Disbursed)
        {
            offer.Approve(plan.Installer!, faker.Lorem.Sentence().OrNull(faker), decidedAt);
        }
        if (state == OfferStatus.Disbursed)
        {
            offer.Disburse(plan.Installer!, null, decidedAt.AddMinutes(random.Int(60, 24 * 60)));
        }
    }
}
