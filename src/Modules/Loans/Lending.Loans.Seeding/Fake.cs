using Lending.Kernel;
using Lending.Loans.Offers;
using Lending.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>Made-up loan offers for heat pumps, solar panels and storages; the same call makes the same one.</summary>
internal static class Fake
{
    /// <summary>An organisation in Germany, where no other is named.</summary>
    public static SeededOrganization Organization { get; } =
        new()
        {
            Id = new SeedRandom(42, "organizations", 0).Id(LongAgo),
            Number = 0,
            Name = "Fake Solar GmbH",
            Currency = "EUR",
            TimeZone = "Europe/Berlin",
            Language = SeedLocale.De,
            Installers = [new UserReference(new SeedRandom(42, "installers", 0).Id(LongAgo), "fake-installer")],
            Administrator = new UserReference(new SeedRandom(42, "administrators", 0).Id(LongAgo), "fake-administrator"),
        };

    private static DateTimeOffset LongAgo => new SeedCalendar(SeedOptions.DefaultUntil).Begin;

    /// <summary>A customer as an offer names them.</summary>
    public static CustomerAsOffered Customer(int number = 0, int seed = 42, SeedLocale language = SeedLocale.De)
    {
        var random = new SeedRandom(seed, "customers", number);
        var names = FakeNames.Of(language);
        var (first, last) = (random.Pick(names.First), random.Pick(names.Last));
        return new CustomerAsOffered
        {
            Id = random.Id(LongAgo),
            FullName = $"{first} {last}",
            Email = FakeNames.Email(first, last, number),
            PostalAddress = language == SeedLocale.En ? "12 Main Street\n78701 Austin\nTexas\nUS" : "Sonnenallee 12\n12045 Berlin\nDE",
        };
    }

    /// <summary>An offer that has become what it was meant to, with its history, as far as there was time until the end.</summary>
    public static LoanOffer Offer(
        CustomerAsOffered customer,
        int number = 0,
        int seed = 42,
        OfferStatus fate = OfferStatus.Pending,
        DateTimeOffset? until = null
    ) => Life(customer, number, seed, fate, until: until).Offer;

    /// <summary>An offer, and the rows that it does not hold itself: what the customer saw, links, comments.</summary>
    public static FakeLife Life(
        CustomerAsOffered customer,
        int number = 0,
        int seed = 42,
        OfferStatus fate = OfferStatus.Pending,
        UserReference? account = null,
        SeededOrganization? organization = null,
        DateTimeOffset? at = null,
        DateTimeOffset? until = null
    )
    {
        var created = at ?? LongAgo.AddYears(1);
        return new FakeLife(
            customer,
            account,
            organization ?? Organization,
            created,
            until ?? created.AddYears(1),
            new SeedRandom(seed, "offers", number)
        ).Live(fate);
    }
}
