using Lending.Identity.Organizations;
using Lending.Identity.Users.PermissionGroups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class PermissionGroupConfiguration : IEntityTypeConfiguration<PermissionGroup>
{
    public const string UniqueName = "ux_permission_groups_organization_id_name";

    public void Configure(EntityTypeBuilder<PermissionGroup> group)
    {
        group.ToTable(table => table.HasCheckConstraint("ck_permission_groups_name", "name <> ''"));
        group.Property(row => row.Id).ValueGeneratedNever();
        group.Property(row => row.Name).HasMaxLength(PermissionGroup.MaximumNameLength);
        group.PrimitiveCollection(row => row.Permissions);
        group.Property(row => row.RowVersion).HasColumnName("xmin").IsRowVersion();
        group.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Cascade);
        group.HasIndex(row => new { row.OrganizationId, row.Name }).IsUnique().HasDatabaseName(UniqueName);
    }
}
