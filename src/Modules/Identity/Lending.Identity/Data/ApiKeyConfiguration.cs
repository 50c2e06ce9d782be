using Lending.Identity.Addresses;
using Lending.Identity.ApiKeys;
using Lending.Identity.Organizations;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable(table =>
        {
            table.HasCheckConstraint("ck_api_keys_name", "name <> ''");
            table.HasCheckConstraint("ck_api_keys_hash", $"length(hash) = {Secret.HashBytes}");
            table.HasCheckConstraint("ck_api_keys_mode", "mode IN ('LIVE', 'SANDBOX')");
            table.HasCheckConstraint(
                "ck_api_keys_acts_in_organization_id",
                "(mode = 'LIVE') = (acts_in_organization_id = organization_id)"
            );
            table.HasCheckConstraint("ck_api_keys_scopes", "cardinality(scopes) > 0");
            table.HasCheckConstraint("ck_api_keys_allowed_addresses", AddressRanges.CheckOf("allowed_addresses"));
            table.HasCheckConstraint("ck_api_keys_expires_at", "expires_at > created_at");
        });
        key.Property(row => row.Id).ValueGeneratedNever();
        key.Property(row => row.Name).HasMaxLength(ApiKey.MaximumNameLength);
        key.Property(row => row.Hash).HasMaxLength(Secret.HashBytes);
        key.Property(row => row.Mode)
            .HasConversion(mode => mode.ToString().ToUpperInvariant(), text => Enum.Parse<ApiKeyMode>(text, ignoreCase: true))
            .HasMaxLength(16);
        key.PrimitiveCollection(row => row.Scopes);
        key.PrimitiveCollection(row => row.AllowedAddresses);
        key.ComplexProperty(row => row.CreatedBy);
        key.Property(row => row.RowVersion).HasColumnName("xmin").IsRowVersion();
        key.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        key.HasOne<Organization>().WithMany().HasForeignKey(row => row.ActsInOrganizationId).OnDelete(DeleteBehavior.Cascade);
        key.HasMany(row => row.Days).WithOne().HasForeignKey(day => day.ApiKeyId).OnDelete(DeleteBehavior.Cascade);
        key.HasIndex(row => new
        {
            row.OrganizationId,
            row.CreatedAt,
            row.Id,
        });
    }
}

internal sealed class ApiKeyDayConfiguration : IEntityTypeConfiguration<ApiKeyDay>
{
    public void Configure(EntityTypeBuilder<ApiKeyDay> day)
    {
        day.ToTable("api_key_days", table => table.HasCheckConstraint("ck_api_key_days_requests", "requests > 0"));
        day.HasKey(row => new { row.ApiKeyId, row.Day });
    }
}
