using Lending.Customers.Profiles;
using Lending.Customers.Seeding;
using Lending.Seeding;

namespace Lending.Customers.Tests.Seeding;

public class FakeTests
{
    [Theory]
    [InlineData(SeedLocale.De, "DE", "+49")]
    [InlineData(SeedLocale.En, "US", "+1")]
    public void Everybody_passes_our_own_rules(SeedLocale language, string country, string phonePrefix)
    {
        var rules = new CustomerDetails.Validator();
        foreach (var number in Enumerable.Range(0, 5000))
        {
            var details = Fake.Details(number, language: language);

            rules.Validate(details).Errors.ShouldBeEmpty($"{details}");
            details.Country.ShouldBe(country);
            details.PhoneNumber.ShouldStartWith(phonePrefix);
            details.PostalCode.Length.ShouldBe(5);
            details.Email.ShouldEndWith("@example.org");
        }
    }

    [Fact]
    public void The_same_call_makes_the_same_customer_id_included()
    {
        var (one, other) = (Fake.Customer(number: 7), Fake.Customer(number: 7));

        (one.Id, one.Details, one.CreatedBy, one.CreatedAt).ShouldBe((other.Id, other.Details, other.CreatedBy, other.CreatedAt));
        one.Id.Version.ShouldBe(7);
    }

    [Fact]
    public void Another_number_or_seed_makes_another_customer()
    {
        var usual = Fake.Customer();

        foreach (var other in new[] { Fake.Customer(number: 1), Fake.Customer(seed: 1) })
        {
            other.Id.ShouldNotBe(usual.Id);
            other.Details.ShouldNotBe(usual.Details);
        }
    }

    [Fact]
    public void No_two_have_the_same_email_or_id()
    {
        var customers = Enumerable.Range(0, 5000).Select(number => Fake.Customer(number)).ToList();

        customers.Select(customer => customer.Email.Text).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(customers.Count);
        customers.Select(customer => customer.Id).Distinct().Count().ShouldBe(customers.Count);
    }

    [Theory]
    [InlineData(SeedLocale.De)]
    [InlineData(SeedLocale.En)]
    public void What_neighbours_see_is_what_is_made(SeedLocale language)
    {
        foreach (var number in Enumerable.Range(0, 500))
        {
            var customer = Fake.Customer(number, seed: 3, language);

            Fake.Seeded(number, seed: 3, language, customer.CreatedAt)
                .ShouldBe(
                    new SeededCustomer(
                        number,
                        customer.Id,
                        Customer.FullNameOf(customer.FirstName, customer.LastName),
                        customer.Email.Text,
                        Customer.PostalAddressOf(
                            customer.AddressLine1.Text,
                            customer.AddressLine2?.Text,
                            customer.City,
                            customer.State,
                            customer.PostalCode,
                            customer.Country
                        ),
                        customer.CreatedAt
                    )
                );
        }
    }
}
