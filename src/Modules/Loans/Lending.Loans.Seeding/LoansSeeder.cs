using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Loans.Offers;
using Lending.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Loans.Seeding;

/// <summary>Makes the products and offers of every organisation, offers with a history that agrees with their states.</summary>
/// <param name="services">The services of a scope.</param>
public sealed class LoansSeeder(IServiceProvider services) : IModuleSeeder
{
    // Parts of their sum. Nothing waits for years: what is pending, approved or accepted at the end is so because time ran out.
    private static readonly (int Weight, OfferStatus Fate)[] Fates =
    [
        (45, OfferStatus.Disbursed),
        (15, OfferStatus.Declined),
        (12, OfferStatus.Expired),
        (10, OfferStatus.Rejected),
        (8, OfferStatus.Cancelled),
        (3, OfferStatus.Withdrawn),
    ];

    // The three latest offers, each old enough for its state. They are made to the demo customer, where there is one.
    private static readonly (int DaysBeforeEnd, OfferStatus Fate)[] Latest =
    [
        (2, OfferStatus.Pending),
        (21, OfferStatus.Approved),
        (45, OfferStatus.Accepted),
    ];

    private static readonly string[] Labels = [.. Enum.GetNames<OfferStatus>().Select(name => $"loan offers, {name.ToLowerInvariant()}")];

    private readonly LoansDbContext db = services.GetRequiredService<LoansDbContext>();

    /// <inheritdoc />
    public void Prepare(SeedPlan plan) => plan.Tell((organization, count) => PaidOut(plan, organization, count));

    /// <inheritdoc />
    public async Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct)
    {
        foreach (var organization in plan.Organizations)
        {
            var products = FakeProducts.Of(organization, plan.Calendar.Begin, plan.Random("products", organization.Number)).ToList();
            await writer.WriteAsync(
                db,
                "loan products",
                products.Count * plan.Organizations.Count,
                organization.Id,
                products,
                _ => "loan products",
                ct
            );
        }
        foreach (var organization in plan.Organizations)
        {
            await writer.WriteAsync(
                db,
                "loan offers",
                plan.Options.Offers,
                organization.Id,
                Enumerable.Range(0, organization.OfferCount).Select(number => Offer(plan, organization, number)),
                life => Labels[(int)life.Offer.Status],
                life => life.Rows,
                ct
            );
        }
    }

    /// <inheritdoc />
    public Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct) =>
        writer.DeleteAsync(db, organizations, ct);

    /// <summary>Offers that were paid out, as other modules are told of them: of all times, where only some are asked for.</summary>
    private static IEnumerable<AcceptedOffer> PaidOut(SeedPlan plan, SeededOrganization organization, int count)
    {
        // Somewhat less than half of all offers are paid out.
        var step = (int)Math.Max(1, organization.OfferCount * 0.4 / Math.Max(1, count));
        for (var number = 0; number < organization.OfferCount; number += step)
        {
            var offer = Offer(plan, organization, number).Offer;
            if (offer is { Status: OfferStatus.Disbursed, Acceptance: { } acceptance })
            {
                yield return AcceptedOffers.Of(acceptance, offer.CreatedBy.Id, offer.DisbursedOn);
            }
        }
    }

    private static FakeLife Offer(SeedPlan plan, SeededOrganization organization, int number)
    {
        var overall = organization.FirstOffer + number;
        var random = plan.Random("offer circumstances", overall);
        var at = plan.Calendar.At(number, organization.OfferCount, random);
        // The oldest and the latest ones show every state, however few there are.
        var fate = number < Fates.Length ? Fates[number].Fate : random.Pick(Fates);
        SeededCustomer? customer = null;
        if (organization.OfferCount - number is var last && last <= Latest.Length)
        {
            (var days, fate) = Latest[last - 1];
            at = plan.Calendar.End.AddDays(-days);
            customer = organization.DemoCustomer is { } demo ? plan.Customer(organization, demo) : null;
        }
        var mustHaveAccount = fate == OfferStatus.Withdrawn;
        customer ??= Customer(plan, organization, at, mustHaveAccount, random);
        // The oldest offers are made to the first customer, who accepts the invitation on the same day, if ever.
        var waits = mustHaveAccount && plan.Account(organization, customer, at) is null;
        var earliest = waits ? customer.CreatedAt.AddDays(1) : customer.CreatedAt.AddMinutes(random.Number(5, 60));
        at = at < earliest ? earliest : at;
        return Fake.Life(
            new CustomerAsOffered
            {
                Id = customer.Id,
                FullName = customer.FullName,
                Email = customer.Email,
                PostalAddress = customer.PostalAddress,
            },
            overall,
            plan.Options.Seed,
            fate,
            plan.Account(organization, customer, at),
            organization,
            at,
            plan.Calendar.End
        );
    }

    /// <summary>Somebody who was a customer then: most get their offers soon.</summary>
    private static SeededCustomer Customer(
        SeedPlan plan,
        SeededOrganization organization,
        DateTimeOffset at,
        bool mustHaveAccount,
        SeedRandom random
    )
    {
        var since = at - random.Between(TimeSpan.Zero, TimeSpan.FromDays(random.Pick([(6, 14), (3, 180), (1, 1000)])));
        var number = plan.Calendar.NumberAt(since < plan.Calendar.Begin ? plan.Calendar.Begin : since, organization.CustomerCount);
        var customer = plan.Customer(organization, number);
        while (number > 0 && (customer.CreatedAt > at || (mustHaveAccount && plan.Account(organization, customer, at) is null)))
        {
            customer = plan.Customer(organization, --number);
        }
        return customer;
    }
}
