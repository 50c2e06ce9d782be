using System.Buffers.Binary;
using System.Security.Cryptography;
using Lending.Identity.Organizations;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Seeding;

namespace Lending.Identity.Seeding;

/// <summary>Made-up organisations and users; the same call makes the same one.</summary>
internal static class Fake
{
    private static readonly DateTimeOffset LongAgo = new SeedCalendar(SeedOptions.DefaultUntil).Begin;

    private static readonly string[] GermanTrades =
    [
        "Solartechnik",
        "Wärmepumpen",
        "Energiesysteme",
        "Gebäudetechnik",
        "Photovoltaik",
        "Haustechnik",
    ];

    private static readonly string[] EnglishTrades = ["Solar", "Heat Pumps", "Energy Systems", "Home Electrification", "Roof & Power"];

    private static readonly string[] EnglishTimeZones = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"];

    /// <summary>An installer company in Germany or the United States.</summary>
    public static Organization Organization(int number = 0, int seed = 42, SeedLocale language = SeedLocale.De, DateTimeOffset? at = null)
    {
        var random = new SeedRandom(seed, "organizations", number);
        var created = at ?? LongAgo;
        var id = random.Id(created);
        var owner = random.Pick(FakeNames.Of(language).Last);
        return language == SeedLocale.En
            ? new Organization(id, $"{owner} {random.Pick(EnglishTrades)} Inc.", "US", "USD", random.Pick(EnglishTimeZones), created)
            : new Organization(id, $"{owner} {random.Pick(GermanTrades)} GmbH", "DE", "EUR", "Europe/Berlin", created);
    }

    /// <summary>An installer, without a password.</summary>
    public static User Installer(
        Organization? organization = null,
        int number = 0,
        int seed = 42,
        SeedLocale language = SeedLocale.De,
        string? username = null
    ) => Staff(Role.Installer, organization, number, seed, language, username);

    /// <summary>Somebody of the organisation's staff, without a password.</summary>
    public static User Staff(Role role, Organization? organization, int number, int seed, SeedLocale language, string? username)
    {
        var kind = role == Role.Admin ? "administrators" : $"{role.ToString().ToLowerInvariant()}s";
        var random = new SeedRandom(seed, kind, number);
        var at = (organization?.CreatedAt ?? LongAgo) + random.Between(TimeSpan.FromHours(1), TimeSpan.FromDays(20));
        var names = FakeNames.Of(language);
        var name = $"{FakeNames.Plain(random.Pick(names.First))}.{FakeNames.Plain(random.Pick(names.Last))}-{kind[0]}{number}";
        return new User(
            random.Id(at),
            username ?? name,
            $"{name}@example.org",
            role,
            organization?.Id ?? Organizations.Organization.DefaultId,
            at
        );
    }

    /// <summary>The account of a customer; only some of them have accepted their invitation, and have a password.</summary>
    public static User Account(SeededCustomer customer, Guid organizationId, int number = 0, int seed = 42, string? passwordHash = null)
    {
        var (reference, acceptedAt) = AccountOf(customer, number, seed);
        var user = new User(
            reference.Id,
            reference.Username,
            customer.Email,
            Role.Customer,
            organizationId,
            customer.CreatedAt,
            customer.Id
        );
        if (acceptedAt is { } at && passwordHash is not null)
        {
            user.AcceptInvitation(reference.Username, passwordHash, at);
        }
        return user;
    }

    /// <summary>What that account is called, and when the invitation was accepted: six in ten are.</summary>
    public static (UserReference Reference, DateTimeOffset? AcceptedAt) AccountOf(SeededCustomer customer, int number, int seed)
    {
        var random = new SeedRandom(seed, "accounts", number);
        var id = random.Id(customer.CreatedAt);
        return random.Chance(60)
            ? (
                new UserReference(id, UsernameOf(customer)),
                customer.CreatedAt + random.Between(TimeSpan.FromMinutes(5), TimeSpan.FromHours(5))
            )
            : (new UserReference(id, $"c-{random.Next():x16}"), null);
    }

    /// <summary>
    /// A hash as ASP.NET Core Identity's third format has it (PBKDF2 with HMAC-SHA512), but with a salt that does not differ from run to run:
    /// who knows the seed knows the password anyway.
    /// </summary>
    public static string PasswordHash(string password, int iterations, int seed = 42)
    {
        const int version = 1;
        const int hmacSha512 = 2;
        const int saltBytes = 16;
        const int keyBytes = 32;
        var random = new SeedRandom(seed, "salts", password.Length);
        var hash = new byte[1 + 3 * sizeof(uint) + saltBytes + keyBytes];
        hash[0] = version;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), hmacSha512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), (uint)iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), saltBytes);
        var salt = hash.AsSpan(13, saltBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(salt, random.Next());
        BinaryPrimitives.WriteUInt64LittleEndian(salt[8..], random.Next());
        Rfc2898DeriveBytes.Pbkdf2(password, salt, hash.AsSpan(13 + saltBytes), iterations, HashAlgorithmName.SHA512);
        return Convert.ToBase64String(hash);
    }

    private static string UsernameOf(SeededCustomer customer)
    {
        var local = customer.Email[..customer.Email.IndexOf('@', StringComparison.Ordinal)];
        return AccountLimits.IsUsername(local) ? local : $"c-{customer.Id:n}";
    }
}
