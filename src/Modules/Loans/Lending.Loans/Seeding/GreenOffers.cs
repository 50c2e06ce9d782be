using Bogus;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Platform.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>Makes up offers for heat pumps, solar panels and storages, with histories that agree with their states.</summary>
internal sealed class GreenOffers(SeedPlan plan, Currency currency, string lender, string timeZone, DateTimeOffset now)
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
            lender,
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
        var decidedAt = createdAt.AddMinutes(random.Int(60, 24 * 60));
        var comment = faker.Lorem.Sentence().OrNull(faker);
        switch (state)
        {
            case OfferStatus.Pending:
                return;
            case OfferStatus.Rejected:
                offer.Reject(plan.Installer!, random.Enum<RejectionReason>(), faker.Lorem.Sentence(), decidedAt);
                return;
            case OfferStatus.Cancelled:
                offer.Cancel(plan.Installer!, comment, decidedAt);
                return;
            default:
                offer.Approve(plan.Installer!, comment, timeZone, decidedAt);
                Answer(offer, state, decidedAt.AddMinutes(random.Int(60, 24 * 60)));
                return;
        }
    }

    private void Answer(LoanOffer offer, OfferStatus state, DateTimeOffset answeredAt)
    {
        switch (state)
        {
            case OfferStatus.Declined:
                offer.Decline(OfferLink.Bearer, null, answeredAt);
                return;
            case OfferStatus.Expired when offer.ValidUntil <= now:
                offer.Expire(offer.ValidUntil.Value);
                return;
            case OfferStatus.Accepted or OfferStatus.Withdrawn or OfferStatus.Disbursed:
                Accept(offer, answeredAt);
                break;
            default:
                return;
        }
        var endedAt = answeredAt.AddMinutes(random.Int(60, 24 * 60));
        if (state == OfferStatus.Withdrawn)
        {
            offer.Withdraw(OfferLink.Bearer, null, endedAt);
        }
        if (state == OfferStatus.Disbursed)
        {
            offer.Disburse(plan.Installer!, null, endedAt);
        }
    }

    private void Accept(LoanOffer offer, DateTimeOffset acceptedAt)
    {
        var signature = new Signature
        {
            TypedName = offer.Customer.FullName,
            Version = offer.Version,
            DocumentHash = OfferContent.Of(offer).DocumentHash,
            OverLink = true,
        };
        offer.Accept(signature, OfferLink.Bearer, timeZone, acceptedAt);
    }
}
