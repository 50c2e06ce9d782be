using Lending.Kernel;

namespace Lending.Platform.Seeding;

/// <summary>Writes a module's fake data. Modules run in the host's order; each finds in the plan what those before it made.</summary>
public interface IModuleSeeder
{
    /// <summary>Writes the module's rows; running it again adds nothing.</summary>
    Task SeedAsync(SeedPlan plan, CancellationToken ct);
}

/// <summary>What to make, and what was made so far.</summary>
/// <param name="Seed">The same seed makes the same data.</param>
/// <param name="CustomerCount">How many customers to make.</param>
/// <param name="OfferCount">How many loan offers to make.</param>
public sealed record SeedPlan(int Seed, int CustomerCount, int OfferCount)
{
    /// <summary>The organisation that the data belongs to.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>The installer who creates it.</summary>
    public UserReference? Installer { get; set; }

    /// <summary>The customers made so far.</summary>
    public List<SeededCustomer> Customers { get; } = [];

    /// <summary>The accounts a person can log in with, to print at the end.</summary>
    public List<DemoAccount> Accounts { get; } = [];
}

/// <summary>A customer that was made.</summary>
public sealed record SeededCustomer(Guid Id, string FullName, string Email, DateTimeOffset CreatedAt);

/// <summary>An account with a password that is no secret.</summary>
public sealed record DemoAccount(string Role, string Username, string Password);
