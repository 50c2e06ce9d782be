using Lending.Identity.Organizations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> organization)
    {
        organization.ToTable(table =>
        {
            table.HasCheckConstraint("ck_organizations_name", "name <> ''");
            table.HasCheckConstraint("ck_organizations_country", "country ~ '^[A-Z]{2}$'");
            table.HasCheckConstraint("ck_organizations_currency", "currency ~ '^[A-Z]{3}$'");
            table.HasCheckConstraint("ck_organizations_time_zone", "time_zone <> ''");
            // A comparison with a missing member is NULL, and a constraint lets NULL pass: hence COALESCE.
            table.HasCheckConstraint(
                "ck_organizations_approval_tiers",
                """
                CASE jsonb_typeof(approval_tiers) WHEN 'array' THEN
                    jsonb_array_length(approval_tiers) BETWEEN 1 AND 10
                    AND COALESCE(approval_tiers -> -1 -> 'amountUpTo' = 'null', false)
                    AND NOT jsonb_path_exists(approval_tiers, '$[0 to last - 1] ? (!(@.amountUpTo > 0))')
                    AND NOT jsonb_path_exists(
                        approval_tiers,
                        '$[*] ? (!(@.approver == "installer" || @.approver == "second-person" || @.approver == "underwriter"))'
                    )
                ELSE false END
                """
            );
        });
        organization.Property(row => row.Id).ValueGeneratedNever();
        organization.Property(row => row.Name).HasMaxLength(OrganizationRequest.MaximumNameLength);
        organization.Property(row => row.Country).HasMaxLength(2);
        organization.Property(row => row.Currency).HasMaxLength(3);
        organization.Property(row => row.TimeZone).HasMaxLength(OrganizationRequest.MaximumTimeZoneLength);
        organization.Property(row => row.ApprovalTiers).AreApprovalTiers();
        organization.Property(row => row.RowVersion).HasColumnName("xmin").IsRowVersion();
        organization.HasIndex(row => new { row.CreatedAt, row.Id });
    }
}
