using FsCheck;
using FsCheck.Fluent;
using Lending.Customers.Profiles;
using Lending.Kernel;
using Lending.Testing;

namespace Lending.Customers.Tests.Profiles;

public class CustomerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);
    private static readonly UserReference Creator = new(Unique.Id(), "installer");

    [Theory]
    [InlineData("Street 1", "Floor 2", "City", "State", "70173", "DE", "Street 1, Floor 2, City, State, 70173, DE")]
    [InlineData("Street 1", null, "City", "State", "70173", "DE", "Street 1, City, State, 70173, DE")]
    [InlineData("Street 1", "", "City", null, "70173", "DE", "Street 1, City, 70173, DE")]
    [InlineData("Street 1", null, "City", "", "", "DE", "Street 1, City, DE")]
    public void The_full_address_skips_what_is_empty(
        string line1,
        string? line2,
        string city,
        string? state,
        string postalCode,
        string country,
        string expected
    ) => Customer.FullAddressOf(line1, line2, city, state, postalCode, country).ShouldBe(expected);

    [Fact]
    public void The_full_address_holds_exactly_the_parts_that_there_are()
    {
        var parts = Gen.Elements(null, "", "a", "Straße 1", "x y").ArrayOf(6);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(
                parts.ToArbitrary(),
                sample =>
                    Customer
                        .FullAddressOf(sample[0]!, sample[1], sample[2]!, sample[3], sample[4]!, sample[5]!)
                        .Split(", ", StringSplitOptions.RemoveEmptyEntries)
                        .SequenceEqual(sample.Where(part => !string.IsNullOrEmpty(part)))
            )
        );
    }

    [Fact]
    public void Texts_are_trimmed_and_empty_options_become_null()
    {
        var details = CustomersFixture.Person() with
        {
            FirstName = " Anna ",
            LastName = "\u00A0Schäfer",
            Email = " anna@example.org ",
            AddressLine1 = " Hauptstraße 12",
            AddressLine2 = " ",
            City = "Ulm ",
            State = "",
            PostalCode = " 89073",
            Country = " de ",
        };

        var customer = Customer.Create(details, Creator, Now);

        customer.Details.ShouldBe(
            details with
            {
                FirstName = "Anna",
                LastName = "Schäfer",
                Email = "anna@example.org",
                PhoneNumber = PhoneNumber.Normalize(details.PhoneNumber)!,
                AddressLine1 = "Hauptstraße 12",
                AddressLine2 = null,
                City = "Ulm",
                State = null,
                PostalCode = "89073",
                Country = "DE",
            }
        );
    }

    [Fact]
    public void An_update_keeps_id_creator_and_creation_time()
    {
        var customer = Customer.Create(CustomersFixture.Person(), Creator, Now);
        var id = customer.Id;

        customer.Update(CustomersFixture.Person(), Now.AddDays(1));

        customer.Id.ShouldBe(id);
        customer.CreatedBy.ShouldBe(Creator);
        customer.CreatedAt.ShouldBe(Now);
        customer.UpdatedAt.ShouldBe(Now.AddDays(1));
    }

    [Fact]
    public void A_customer_without_a_phone_number_cannot_be() =>
        Should.Throw<ArgumentException>(() => Customer.Create(CustomersFixture.Person() with { PhoneNumber = "unknown" }, Creator, Now));
}
