using System.Security.Cryptography;
using Lending.Notifications.Suppressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Notifications.Data;

/// <summary>The table of addresses that mails came back from.</summary>
internal sealed class SuppressionConfiguration : IEntityTypeConfiguration<Suppression>
{
    /// <summary>The index that suppresses an address once.</summary>
    public const string OneOfAddress = "ux_suppressions_address_hash";

    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.ToTable(
            "suppressions",
            table =>
            {
                table.HasCheckConstraint("ck_suppressions_address_hash", $"length(address_hash) = {HMACSHA256.HashSizeInBytes}");
                table.HasCheckConstraint("ck_suppressions_status", "status LIKE '5.%'");
            }
        );
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Status).HasMaxLength(Suppression.MaximumStatusLength);
        builder.HasIndex(row => new { row.OrganizationId, row.AddressHash }, OneOfAddress).IsUnique();
        builder.HasIndex(row => new
        {
            row.OrganizationId,
            row.CreatedAt,
            row.Id,
        });
        builder
            .HasIndex(
                row => new
                {
                    row.OrganizationId,
                    row.CustomerId,
                    row.CreatedAt,
                    row.Id,
                },
                "ix_suppressions_customer_id"
            )
            .HasFilter("customer_id IS NOT NULL");
    }
}
