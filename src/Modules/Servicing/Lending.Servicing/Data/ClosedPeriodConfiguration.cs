using Lending.Servicing.LedgerExports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Servicing.Data;

/// <summary>The table of closed periods. That nothing is posted into one is checked by a trigger, which its migration makes.</summary>
internal sealed class ClosedPeriodConfiguration : IEntityTypeConfiguration<ClosedPeriod>
{
    /// <summary>What the trigger calls what it refuses: who posts did so while the period was closed, and tries again.</summary>
    public const string PostedAfterClosing = "ck_journal_entries_posted_after_closing";

    public void Configure(EntityTypeBuilder<ClosedPeriod> builder)
    {
        builder.ToTable("closed_periods");
        builder.Property(period => period.Id).ValueGeneratedNever();
        builder.ComplexProperty(period => period.ClosedBy);
        builder.HasIndex(period => new { period.OrganizationId, period.Through }).IsUnique();
    }
}
