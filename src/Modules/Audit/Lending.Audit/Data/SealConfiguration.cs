using Lending.Audit.Seals;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Audit.Data;

internal sealed class SealConfiguration : IEntityTypeConfiguration<Seal>
{
    public void Configure(EntityTypeBuilder<Seal> builder)
    {
        builder.ToTable(table =>
            table.HasCheckConstraint("ck_seals_entries", "octet_length(entry_hashes) = 32 * cardinality(entry_ids) AND number > 0")
        );
        builder.HasKey(seal => seal.Number);
        builder.Property(seal => seal.Number).ValueGeneratedNever();
        builder.Property(seal => seal.KeyId).HasMaxLength(SealKeys.MaximumKeyIdLength);
    }
}
