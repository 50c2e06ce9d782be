using Lending.Disclosures.Disclosures;
using Lending.Disclosures.Reminders;
using Lending.Disclosures.Settings;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Disclosures.Data;

/// <summary>The module's schema. Customers see what they were given; staff see the whole organisation.</summary>
internal sealed class DisclosuresDbContext(DbContextOptions<DisclosuresDbContext> options) : ModuleDbContext(options, Schema), IHasOutbox
{
    public const string Schema = "disclosures";

    public DbSet<Disclosure> Disclosures => Set<Disclosure>();

    /// <summary>One row for each organisation, at most.</summary>
    public DbSet<DisclosureSettings> Settings => Set<DisclosureSettings>();

    public DbSet<WithdrawalReminder> WithdrawalReminders => Set<WithdrawalReminder>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>What was given, where the caller may see it.</summary>
    public Task<Disclosure?> FindDisclosureAsync(Guid id, CancellationToken ct) =>
        Disclosures.AsNoTracking().SingleOrDefaultAsync(disclosure => disclosure.Id == id, ct);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder
            .Entity<Disclosure>()
            .HasQueryFilter(CustomerFilter, disclosure => CustomerScope == null || disclosure.CustomerId == CustomerScope);
        modelBuilder
            .Entity<WithdrawalReminder>()
            .HasQueryFilter(CustomerFilter, reminder => CustomerScope == null || reminder.CustomerId == CustomerScope);
    }
}
