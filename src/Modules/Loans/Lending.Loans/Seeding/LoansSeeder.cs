using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Data;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Platform.Seeding;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Seeding;

/// <summary>Writes fake offers for the plan's customers; an organisation that has offers gets none.</summary>
internal sealed class LoansSeeder(LoansDbContext db, IOrganizationDirectory organizations, Caller caller, TimeProvider clock)
    : IModuleSeeder
{
    private const int OffersPerWrite = 1000;

    public async Task SeedAsync(SeedPlan plan, CancellationToken ct)
    {
        caller.ActFor(plan.OrganizationId, plan.Installer!);
        if (plan.Customers.Count == 0 || await db.Offers.AnyAsync(ct))
        {
            return;
        }
        var organization = await organizations.GetAsync(plan.OrganizationId, ct);
        var offers = new GreenOffers(
            plan,
            Currency.Get(organization.Currency),
            organization.Name,
            organization.TimeZone,
            clock.GetStorableNow()
        );
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var chunk in offers.Make().Chunk(OffersPerWrite))
        {
            db.Offers.AddRange(chunk);
            await db.SaveChangesAsync(ct);
            // Thousands of tracked rows would slow every following write.
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync(ct);
    }
}
