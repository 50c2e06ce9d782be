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
            table.HasCheckConstraint("ck_organizations_approval_tiers", ApprovalTiersColumn.Check("approval_tiers"));
        });
        organization.Property(row => row.Id).ValueGeneratedNever();
        organization.Property(row => row.Name).HasMaxLength(OrganizationRequest.MaximumNameLength);
        organization.Property(row => row.Country).HasMaxLength(2);
        organization.Property(row => row.Currency).HasMaxLength(3);
        organization.Property(row => row.TimeZone).HasMaxLength(OrganizationRequest.MaximumTimeZoneLength);
        organization.Property(row => row.ApprovalTiers).AreApprovalTiers().HasDefaultValueSql(ApprovalTiersColumn.DefaultSql);
        organization.Property(row => row.RowVersion).HasColumnName("xmin").IsRowVersion();
        organization.HasIndex(row => new { row.CreatedAt, row.Id });
    }
}
