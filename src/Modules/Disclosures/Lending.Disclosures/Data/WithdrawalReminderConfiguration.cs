using Lending.Disclosures.Reminders;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Disclosures.Data;

/// <summary>The table of reminders, one for an offer at most.</summary>
internal sealed class WithdrawalReminderConfiguration : IEntityTypeConfiguration<WithdrawalReminder>
{
    public void Configure(EntityTypeBuilder<WithdrawalReminder> builder)
    {
        builder.HasKey(reminder => reminder.OfferId);
        builder.Property(reminder => reminder.OfferId).ValueGeneratedNever();
        builder.HasIndex(reminder => reminder.CustomerId);
        builder.HasIndex(reminder => reminder.DueAt, "ix_withdrawal_reminders_due").HasFilter("sent_at IS NULL");
        builder.ToTable("withdrawal_reminders");
    }
}
