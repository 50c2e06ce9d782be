using Lending.Identity.Organizations;
using Lending.Identity.Seeding;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Seeding;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Tests.Seeding;

public sealed class FakeTests
{
    [Fact]
    public void A_made_up_password_hash_is_one_and_says_the_same_each_time()
    {
        var hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));
        var user = Fake.Installer();
        var hash = Fake.PasswordHash(IdentityFixture.Password, 1000);

        hasher.VerifyHashedPassword(user, hash, IdentityFixture.Password).ShouldBe(PasswordVerificationResult.Success);
        hasher.VerifyHashedPassword(user, hash, IdentityFixture.OtherPassword).ShouldBe(PasswordVerificationResult.Failed);
        Fake.PasswordHash(IdentityFixture.Password, 1000).ShouldBe(hash);
        Fake.PasswordHash(IdentityFixture.Password, 1000, seed: 1).ShouldNotBe(hash);
    }

    [Theory]
    [InlineData(SeedLocale.De, "EUR")]
    [InlineData(SeedLocale.En, "USD")]
    public void Organisations_pass_our_own_rules(SeedLocale language, string currency)
    {
        foreach (var number in Enumerable.Range(0, 500))
        {
            var made = Fake.Organization(number, language: language);

            new OrganizationRequest.Validator().Validate(made.Settings).Errors.ShouldBeEmpty(made.Name);
            made.Currency.ShouldBe(currency);
        }
    }

    [Fact]
    public void User_names_and_addresses_pass_our_own_rules_and_differ()
    {
        var installers = Enumerable.Range(0, 2000).Select(number => Fake.Installer(number: number)).ToList();
        var accounts = Enumerable.Range(0, 2000).Select(number => Account(number)).ToList();
        List<User> users = [.. installers, .. accounts];

        users.ShouldAllBe(user => AccountLimits.IsUsername(user.UserName) && AccountLimits.IsEmail(user.Email));
        users.Select(user => user.NormalizedUserName).Distinct().Count().ShouldBe(users.Count);
        users.Select(user => user.Id).Distinct().Count().ShouldBe(users.Count);
        accounts.Count(account => account.PasswordHash is not null).ShouldBeInRange(1000, 1400);
        accounts.ShouldAllBe(account => account.CustomerId != null && account.Role == Role.Customer);
    }

    [Fact]
    public void The_same_call_makes_the_same_user()
    {
        (Fake.Installer().Id, Fake.Installer().UserName).ShouldBe((Fake.Installer().Id, Fake.Installer().UserName));
        (Account(3).Id, Account(3).UserName, Account(3).UpdatedAt).ShouldBe((Account(3).Id, Account(3).UserName, Account(3).UpdatedAt));
        Account(4).Id.ShouldNotBe(Account(3).Id);
    }

    private static User Account(int number)
    {
        var at = new SeedCalendar(SeedOptions.DefaultUntil).Begin;
        var name = FakeNames.Email("Jürgen", number % 7 == 0 ? new string('ß', 40) : "Groß", number);
        return Fake.Account(
            new SeededCustomer(number, new SeedRandom(1, "customers", number).Id(at), "Jürgen Groß", name, "Sonnenallee 12", at),
            Organization.DefaultId,
            number,
            passwordHash: "hash"
        );
    }
}
