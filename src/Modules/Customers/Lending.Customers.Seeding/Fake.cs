using System.Runtime.CompilerServices;
using Lending.Customers.Profiles;
using Lending.Kernel;
using Lending.Seeding;

namespace Lending.Customers.Seeding;

/// <summary>Made-up customers; the same call makes the same one.</summary>
internal static class Fake
{
    /// <summary>What somebody would write about themselves; it passes <see cref="CustomerFields.Rules"/>.</summary>
    public static CustomerDetails Details(int number = 0, int seed = 42, SeedLocale language = SeedLocale.De)
    {
        var random = new SeedRandom(seed, "customers", number);
        var names = FakeNames.Of(language);
        var (first, last) = (random.Pick(names.First), random.Pick(names.Last));
        var place = FakePlace.In(language, random);
        return new CustomerDetails
        {
            FirstName = first,
            LastName = last,
            Email = FakeNames.Email(first, last, number),
            PhoneNumber = place.PhoneNumber(random),
            AddressLine1 = FakePlace.Street(language, random),
            AddressLine2 = random.Chance(15) ? FakePlace.SecondLine(language, random) : null,
            City = place.City,
            State = place.State,
            PostalCode = place.PostalCode(random),
            Country = language == SeedLocale.En ? "US" : "DE",
            Language = null,
        };
    }

    /// <summary>A customer; each number has another e-mail address.</summary>
    public static Customer Customer(
        int number = 0,
        int seed = 42,
        SeedLocale language = SeedLocale.De,
        UserReference? by = null,
        DateTimeOffset? at = null
    )
    {
        var created = at ?? new SeedCalendar(SeedOptions.DefaultUntil).Begin;
        var customer = Profiles.Customer.Create(
            Details(number, seed, language),
            by ?? new UserReference(new SeedRandom(seed, "installers", number).Id(created), "fake-installer"),
            created
        );
        SetId(customer, Id(number, seed, created));
        return customer;
    }

    /// <summary>What neighbours see of that customer, without making all of them.</summary>
    public static SeededCustomer Seeded(int number, int seed, SeedLocale language, DateTimeOffset at)
    {
        var details = Details(number, seed, language);
        return new SeededCustomer(
            number,
            Id(number, seed, at),
            Profiles.Customer.FullNameOf(details.FirstName, details.LastName),
            details.Email,
            Profiles.Customer.PostalAddressOf(
                details.AddressLine1,
                details.AddressLine2,
                details.City,
                details.State,
                details.PostalCode,
                details.Country
            ),
            at
        );
    }

    private static Guid Id(int number, int seed, DateTimeOffset at) => new SeedRandom(seed, "customer keys", number).Id(at);

    // An entity makes its own key, by chance: here it has to be the same one each time.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void SetId(Customer customer, Guid id);
}
