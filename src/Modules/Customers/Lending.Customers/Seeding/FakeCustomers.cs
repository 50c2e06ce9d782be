using Bogus;
using Lending.Customers.Profiles;

namespace Lending.Customers.Seeding;

/// <summary>Made-up people in Germany and the United States. The same seed makes the same people.</summary>
internal sealed class FakeCustomers(int seed)
{
    private readonly Faker german = new("de") { Random = new Randomizer(seed) };
    private readonly Faker american = new("en") { Random = new Randomizer(seed) };
    private int count;

    /// <summary>The next one; no two of one generator share an e-mail address.</summary>
    public CustomerDetails Next()
    {
        count++;
        return count % 3 == 0 ? From(american, "US", "+1 (###) 555-01##") : From(german, "DE", "+49 15# ########");
    }

    private CustomerDetails From(Faker faker, string country, string phoneNumberFormat)
    {
        var (first, last) = (faker.Name.FirstName(), faker.Name.LastName());
        return new CustomerDetails
        {
            FirstName = first,
            LastName = last,
            // A domain that is reserved for examples: no mail ever reaches a stranger.
            Email = faker.Internet.Email(first, last, "example.org", $"-{count}").ToLowerInvariant(),
            PhoneNumber = faker.Random.ReplaceNumbers(phoneNumberFormat),
            AddressLine1 = faker.Address.StreetAddress(),
            AddressLine2 = faker.Random.Bool(0.2f) ? faker.Address.SecondaryAddress() : null,
            City = faker.Address.City(),
            State = faker.Address.State(),
            PostalCode = faker.Address.ZipCode(),
            Country = country,
        };
    }
}
