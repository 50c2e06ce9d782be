using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Platform.Audit;

/// <summary>The table of entries, as every module's context writes it. It is made by the Audit module's migrations, in SQL, as it has partitions.</summary>
internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable(AuditEntry.Table, AuditEntry.Schema, table => table.ExcludeFromMigrations());
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Action).HasMaxLength(AuditAction.MaximumLength);
        builder.Property(entry => entry.Operation).HasMaxLength(AuditEntry.MaximumNameLength);
        builder.Property(entry => entry.EntityType).HasMaxLength(AuditEntry.MaximumNameLength);
        builder.Property(entry => entry.Address).HasMaxLength(AuditEntry.MaximumAddressLength);
        builder.Property(entry => entry.RequestId).HasMaxLength(AuditEntry.MaximumRequestIdLength);
        // Not jsonb: what is sealed is the text.
        builder.Property(entry => entry.Changes).HasColumnType("json");
    }
}
