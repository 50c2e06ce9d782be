using Lending.Servicing.Journal;
using Lending.Servicing.LoanAccounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Servicing.Data;

/// <summary>The table of entries.</summary>
internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntryRow>
{
    public void Configure(EntityTypeBuilder<JournalEntryRow> builder)
    {
        builder.ToTable("journal_entries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Key).HasMaxLength(JournalEntryRow.MaximumKeyLength);
        builder.HasIndex(entry => new
        {
            entry.LoanAccountId,
            entry.CreatedAt,
            entry.Id,
        });
        builder.HasIndex(entry => new
        {
            entry.OrganizationId,
            entry.EffectiveOn,
            entry.Id,
        });
        builder.HasOne<LoanAccount>().WithMany().HasForeignKey(entry => entry.LoanAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<LoanEventRow>().WithMany().HasForeignKey(entry => entry.PostedWith).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(entry => new { entry.PostedWith, entry.LoanAccountId });
        builder.HasMany(entry => entry.Lines).WithOne().HasForeignKey(line => line.JournalEntryId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The table of lines. That those of an entry sum to zero is checked at the commit, by a trigger that the first migration makes.</summary>
internal sealed class JournalLineConfiguration : IEntityTypeConfiguration<JournalLineRow>
{
    public void Configure(EntityTypeBuilder<JournalLineRow> builder)
    {
        builder.ToTable("journal_lines", table => table.HasCheckConstraint("ck_journal_lines_amount", "amount <> 0"));
        builder.HasKey(line => new { line.JournalEntryId, line.Account });
        builder.Property(line => line.Account).HasConversion<string>();
    }
}
