using Lending.Platform.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Audit.Data;

/// <summary>
/// The table of entries, from which its rights and policies are made. EF makes, writes and reads none of it: it has partitions, and the platform writes it
/// behind what EF saves.
/// </summary>
internal sealed class EntryConfiguration : IEntityTypeConfiguration<AuditEntry>
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
        // PostgreSQL fills it.
        builder.Property<long>("Transaction").HasColumnName("transaction").ValueGeneratedOnAdd();
    }
}
