using Lending.Identity.Addresses;
using Lending.Identity.Organizations;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public const string OneSandbox = "ix_organizations_sandbox_of";

    public void Configure(EntityTypeBuilder<Organization> organization)
    {
        // A sandbox is nobody's business but its keys': who looks for organisations finds none.
        organization.HasQueryFilter("sandbox", row => row.SandboxOf == null);
        organization.ToTable(table =>
        {
            table.HasCheckConstraint("ck_organizations_name", "name <> ''");
            table.HasCheckConstraint("ck_organizations_country", "country ~ '^[A-Z]{2}$'");
            table.HasCheckConstraint("ck_organizations_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_organizations_time_zone", "time_zone <> ''");
            table.HasCheckConstraint("ck_organizations_display_name", "display_name <> ''");
            table.HasCheckConstraint("ck_organizations_color", "color ~ '^#[0-9a-f]{6}$'");
            table.HasCheckConstraint("ck_organizations_locale", "locale IN ('de', 'en')");
            table.HasCheckConstraint("ck_organizations_allowed_addresses", AddressRanges.CheckOf("allowed_addresses"));
            table.HasCheckConstraint("ck_organizations_suspended_at", $"suspended_at IS NULL OR id <> '{Organization.DefaultId}'");
            table.HasCheckConstraint("ck_organizations_sandbox_of", "sandbox_of <> id");
            table.HasCheckConstraint(
                "ck_organizations_clock_ahead",
                $"clock_ahead = '0' OR (sandbox_of IS NOT NULL AND clock_ahead BETWEEN '0' AND '{Organization.MaximumClockAhead.Days} days')"
            );
            table.HasCheckConstraint("ck_organizations_approval_tiers", ApprovalTiersColumn.Check("approval_tiers"));
        });
        organization.Property(row => row.Id).ValueGeneratedNever();
        organization.Property(row => row.Name).HasMaxLength(OrganizationRequest.MaximumNameLength);
        organization.Property(row => row.Country).HasMaxLength(2);
        organization.Property(row => row.Currency).HasMaxLength(3);
        organization.Property(row => row.TimeZone).HasMaxLength(OrganizationRequest.MaximumTimeZoneLength);
        organization.Ignore(row => row.Settings);
        organization.Property(row => row.DisplayName).HasMaxLength(OrganizationRequest.MaximumNameLength);
        organization.Property(row => row.Color).HasMaxLength(WebColor.TextLength);
        organization.Property(row => row.Locale).HasMaxLength(2).HasDefaultValue(OrganizationRequest.UsualLocale);
        organization.PrimitiveCollection(row => row.AllowedAddresses).HasDefaultValueSql("'{}'");
        organization.Property(row => row.ApprovalTiers).AreApprovalTiers().HasDefaultValueSql(ApprovalTiersColumn.DefaultSql);
        organization.Property(row => row.ClockAhead).HasDefaultValueSql("'0'");
        organization.Property(row => row.RowVersion).HasColumnName("xmin").IsRowVersion();
        organization.HasOne<Organization>().WithMany().HasForeignKey(row => row.SandboxOf).OnDelete(DeleteBehavior.Cascade);
        organization.HasIndex(row => row.SandboxOf).IsUnique().HasDatabaseName(OneSandbox);
        organization.HasIndex(row => new { row.CreatedAt, row.Id });
        organization
            .HasIndex(row => row.Id, "ix_organizations_gated")
            .HasFilter("suspended_at IS NOT NULL OR cardinality(allowed_addresses) > 0");
    }
}
