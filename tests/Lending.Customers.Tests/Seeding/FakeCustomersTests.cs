using Lending.Customers.Profiles;
using Lending.Customers.Seeding;

namespace Lending.Customers.Tests.Seeding;

public class FakeCustomersTests
{
    [Fact]
    public void Everybody_passes_our_own_rules()
    {
        var rules = new CustomerDetails.Validator();
        foreach (var seed in Enumerable.Range(1, 5))
        {
            var fakes = new FakeCustomers(seed);
            foreach (var person in Enumerable.Range(0, 500).Select(_ => fakes.Next()))
            {
                rules.Validate(person).Errors.ShouldBeEmpty($"{person}");
            }
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_people() => Take(7).ShouldBe(Take(7));

    [Fact]
    public void Another_seed_makes_others() => Take(7).ShouldNotBe(Take(8));

    [Fact]
    public void No_two_have_the_same_email() =>
        Take(1).Select(person => person.Email).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(100);

    private static List<CustomerDetails> Take(int seed)
    {
        var fakes = new FakeCustomers(seed);
        return [.. Enumerable.Range(0, 100).Select(_ => fakes.Next())];
    }
}
