using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Seeding;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lending.Identity.Seeding;

/// <summary>Makes organisations, their staff, and an account for each customer.</summary>
/// <param name="services">The services of a scope.</param>
public sealed class IdentitySeeder(IServiceProvider services) : IModuleSeeder
{
    private static readonly DemoAccount DemoInstaller = new("INSTALLER", "demo-installer", "Sonnendach-2026!");
    private static readonly DemoAccount DemoUnderwriter = new("UNDERWRITER", "demo-underwriter", "Erdwaermesonde-2026!");
    private static readonly DemoAccount DemoAdministrator = new("ADMIN", "demo-administrator", "Wechselrichter-2026!");
    private static readonly DemoAccount DemoCustomer = new("CUSTOMER", "demo-customer", "Waermepumpe-2026!");
    private static readonly TimeSpan Foundation = TimeSpan.FromDays(30);

    private readonly IdentityDbContext db = services.GetRequiredService<IdentityDbContext>();
    private readonly PasswordHasherOptions hashing = services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value;
    private readonly List<Organization> organizations = [];
    private readonly List<User> installers = [];
    private readonly List<User> underwriters = [];
    private readonly List<User> administrators = [];

    /// <inheritdoc />
    public void Prepare(SeedPlan plan)
    {
        for (var number = 0; number < plan.Options.Organizations; number++)
        {
            Prepare(plan, number);
        }
        plan.Account = (organization, customer, at) =>
            AccountOf(plan, organization, customer) is var account && account.AcceptedAt <= at ? account.Reference : null;
        plan.Accounts.Add(DemoInstaller);
        plan.Accounts.Add(DemoUnderwriter);
        plan.Accounts.Add(DemoAdministrator);
        if (plan.Options.Customers > 0)
        {
            plan.Accounts.Add(DemoCustomer);
        }
    }

    /// <inheritdoc />
    public async Task WriteAsync(SeedPlan plan, SeedWriter writer, CancellationToken ct)
    {
        await writer.WriteAsync(db, "organisations", organizations.Count, Guid.Empty, organizations, _ => "organisations", ct);
        // Hashing is slow on purpose, so all users of a role share one hash.
        await WriteAsync(plan, writer, installers, "installers", DemoInstaller, ct);
        await WriteAsync(plan, writer, underwriters, "underwriters", DemoUnderwriter, ct);
        await WriteAsync(plan, writer, administrators, "administrators", DemoAdministrator, ct);
        var hash = Hash(DemoCustomer, plan);
        foreach (var organization in plan.Organizations)
        {
            await writer.WriteAsync(
                db,
                "customers' accounts",
                plan.Options.Customers,
                organization.Id,
                Enumerable
                    .Range(0, organization.CustomerCount)
                    .Select(number => Account(plan, organization, plan.Customer(organization, number), hash)),
                _ => "customers' accounts",
                ct
            );
        }
    }

    /// <inheritdoc />
    public async Task EmptyAsync(IReadOnlyCollection<Guid> organizations, SeedWriter writer, CancellationToken ct)
    {
        // Revocations belong to no organisation. They go as well, because a user who is seeded again has the same id, and must not find them.
        await writer.ExecuteAsync(
            "DELETE FROM identity.access_revocations WHERE user_id IN (SELECT id FROM identity.users WHERE organization_id = ANY($1))",
            organizations,
            ct
        );
        await writer.DeleteAsync(db, organizations, ct);
        await writer.ExecuteAsync("DELETE FROM identity.organizations WHERE id = ANY($1)", organizations, ct);
    }

    private void Prepare(SeedPlan plan, int number)
    {
        var options = plan.Options;
        var language = options.Locale switch
        {
            SeedLocale.Mixed => number % 2 == 0 ? SeedLocale.De : SeedLocale.En,
            var only => only,
        };
        var organization = Fake.Organization(number, options.Seed, language, plan.Calendar.Begin - Foundation);
        organizations.Add(organization);
        var (firstInstaller, installerCount) = SeedPlan.PartOf(options.Installers, number, options.Organizations);
        var (firstCustomer, customerCount) = SeedPlan.PartOf(options.Customers, number, options.Organizations);
        var (firstOffer, offerCount) = SeedPlan.PartOf(options.Offers, number, options.Organizations);
        User StaffOf(Role role, int index, DemoAccount demo) =>
            Fake.Staff(role, organization, index, options.Seed, language, index == 0 ? demo.Username : null);
        var staff = Enumerable
            .Range(firstInstaller, installerCount)
            .Select(index => StaffOf(Role.Installer, index, DemoInstaller))
            .ToList();
        installers.AddRange(staff);
        var underwriter = StaffOf(Role.Underwriter, number, DemoUnderwriter);
        underwriters.Add(underwriter);
        var administrator = StaffOf(Role.Admin, number, DemoAdministrator);
        administrators.Add(administrator);
        plan.Organizations.Add(
            new SeededOrganization
            {
                Id = organization.Id,
                Number = number,
                Name = organization.Name,
                Currency = organization.Currency,
                TimeZone = organization.TimeZone,
                Language = language,
                Installers = [.. staff.Select(user => user.Reference)],
                Underwriters = [underwriter.Reference],
                Administrator = administrator.Reference,
                FirstCustomer = firstCustomer,
                CustomerCount = customerCount,
                // An old customer, so that there are offers for them.
                DemoCustomer =
                    number == 0 && customerCount > 0 ? plan.Calendar.NumberAt(plan.Calendar.End.AddDays(-60), customerCount) : null,
                FirstOffer = firstOffer,
                OfferCount = offerCount,
            }
        );
    }

    private static (UserReference Reference, DateTimeOffset? AcceptedAt) AccountOf(
        SeedPlan plan,
        SeededOrganization organization,
        SeededCustomer customer
    )
    {
        var account = Fake.AccountOf(customer, organization.FirstCustomer + customer.Number, plan.Options.Seed);
        return customer.Number == organization.DemoCustomer
            ? (account.Reference with { Username = DemoCustomer.Username }, account.AcceptedAt ?? customer.CreatedAt)
            : account;
    }

    private static User Account(SeedPlan plan, SeededOrganization organization, SeededCustomer customer, string passwordHash)
    {
        var user = Fake.Account(customer, organization.Id, organization.FirstCustomer + customer.Number, plan.Options.Seed, passwordHash);
        if (customer.Number == organization.DemoCustomer)
        {
            user.AcceptInvitation(DemoCustomer.Username, passwordHash, user.UpdatedAt);
        }
        return user;
    }

    private Task WriteAsync(SeedPlan plan, SeedWriter writer, List<User> staff, string kind, DemoAccount account, CancellationToken ct)
    {
        var hash = Hash(account, plan);
        staff.ForEach(user => user.AcceptInvitation(user.UserName!, hash, user.CreatedAt));
        return writer.WriteAsync(db, kind, staff.Count, Guid.Empty, staff, _ => kind, ct);
    }

    private string Hash(DemoAccount account, SeedPlan plan) =>
        Fake.PasswordHash(account.Password, hashing.IterationCount, plan.Options.Seed);
}
