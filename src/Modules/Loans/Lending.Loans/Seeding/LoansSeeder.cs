using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Platform.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>Makes the offers of every organisation, with a history that agrees with their states.</summary>
internal sealed class LoansSeeder(LoansDbContext db) : IModuleSeeder
{
    private static readonly (int Weight, OfferStatus Fate)[] Fates =
    [
        (6, OfferStatus.Pending),
        (5, OfferStatus.Approved),
        (18, OfferStatus.Rejected),
        (4, OfferStatus.Accepted),
        (8, OfferStatus.Declined),
        (10, OfferStatus.Expired),
        (6, OfferStatus.Cancelled),
        (3, OfferStatus.Withdrawn),
        (40, OfferStatus.Disbursed),
    ];

    private static readonly string[] Labels = [.. Enum.GetNames<OfferStatus>().Select(name => $"loan offers, {name.ToLowerInvariant()}")];

    public void Prepare(SeedPlan plan) { }

    public async Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct)
    {
        foreach (var organization in plan.Organizations)
        {
            await writer.WriteAsync(
                db,
                "loan offers",
                plan.Options.Offers,
                organization.Id,
                Enumerable.Range(0, organization.OfferCount).Select(number => Offer(plan, organization, number)),
                offer => Labels[(int)offer.Status],
                ct
            );
        }
    }

    public Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct) =>
        writer.DeleteAsync(db, organizations, ct);

    private static LoanOffer Offer(SeedPlan plan, SeededOrganization organization, int number)
    {
        var overall = organization.FirstOffer + number;
        var random = plan.Random("offer circumstances", overall);
        var at = plan.Calendar.At(number, organization.OfferCount, random);
        // The oldest ones have time for every fate, so that even a few offers show all of them.
        var fate = number < Labels.Length ? (OfferStatus)number : random.Pick(Fates);
        SeededCustomer? customer = null;
        if (organization.DemoCustomer is { } demo && organization.OfferCount - number is (1 or 2) and var last)
        {
            // The demo customer has an offer to wait for, and an approved one.
            customer = plan.Customer(organization, demo);
            (at, fate) =
                last == 1 ? (plan.Calendar.End.AddDays(-2), OfferStatus.Pending) : (plan.Calendar.End.AddDays(-21), OfferStatus.Approved);
        }
        if (fate == OfferStatus.Approved && at < plan.Calendar.End.AddDays(-LoanOffer.ValidityDays))
        {
            // Nobody leaves an offer approved for years: it expires.
            fate = OfferStatus.Expired;
        }
        customer ??= Customer(plan, organization, at, random);
        return Fake.Offer(
            new OfferCustomer
            {
                Id = customer.Id,
                FullName = customer.FullName,
                Email = customer.Email,
                PostalAddress = customer.PostalAddress,
            },
            overall,
            plan.Options.Seed,
            fate,
            organization.Language,
            organization.Currency,
            organization.Name,
            organization.TimeZone,
            organization.Installers,
            at < customer.CreatedAt ? customer.CreatedAt.AddMinutes(random.Number(5, 60)) : at,
            plan.Calendar.End
        );
    }

    /// <summary>Somebody who was a customer then: most get their offers soon.</summary>
    private static SeededCustomer Customer(SeedPlan plan, SeededOrganization organization, DateTimeOffset at, SeedRandom random)
    {
        var since = at - random.Between(TimeSpan.Zero, TimeSpan.FromDays(random.Pick([(6, 14), (3, 180), (1, 1000)])));
        var number = plan.Calendar.NumberAt(since < plan.Calendar.Begin ? plan.Calendar.Begin : since, organization.CustomerCount);
        var customer = plan.Customer(organization, number);
        while (number > 0 && customer.CreatedAt > at)
        {
            customer = plan.Customer(organization, --number);
        }
        return customer;
    }
}
