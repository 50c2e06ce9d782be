using Lending.Identity.Organizations;
using Lending.Identity.Users;
using Lending.Kernel;
using Lending.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lending.Identity.Data;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public const string UniqueUsername = "ix_users_normalized_username";
    public const string UniqueEmail = "ux_users_normalized_email_organization_id";
    public const string ExistingGroup = "fk_users_permission_groups_permission_group_id";
    public const string UniqueCustomer = "ix_users_customer_id";

    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable(table =>
        {
            table.HasCheckConstraint("ck_users_username", "username <> '' AND normalized_username <> ''");
            table.HasCheckConstraint("ck_users_email", "email <> '' AND normalized_email <> ''");
            table.HasCheckConstraint("ck_users_role", "role IN ('ADMIN', 'INSTALLER', 'UNDERWRITER', 'CUSTOMER')");
            table.HasCheckConstraint("ck_users_customer_id", "customer_id IS NULL OR role = 'CUSTOMER'");
            table.HasCheckConstraint("ck_users_permission_group_id", "permission_group_id IS NULL OR role IN ('INSTALLER', 'UNDERWRITER')");
            table.HasCheckConstraint("ck_users_access_version", "access_version >= 0");
            table.HasCheckConstraint("ck_users_access_failed_count", "access_failed_count >= 0");
        });
        // These columns of ASP.NET Core Identity are not needed here: xmin is the row's version, and the access version ends sessions.
        user.Ignore(row => row.SecurityStamp);
        user.Ignore(row => row.ConcurrencyStamp);
        user.Ignore(row => row.PhoneNumber);
        user.Ignore(row => row.PhoneNumberConfirmed);
        user.Ignore(row => row.LockoutEnabled);
        user.Ignore(row => row.Reference);
        user.Ignore(row => row.IsAdministrator);

        user.Property(row => row.Id).ValueGeneratedNever();
        user.Property(row => row.UserName)
            .HasColumnName("username")
            .HasMaxLength(AccountLimits.MaximumUsernameLength)
            .IsRequired()
            .IsPersonal();
        user.Property(row => row.NormalizedUserName)
            .HasColumnName("normalized_username")
            .HasMaxLength(AccountLimits.MaximumUsernameLength)
            .IsRequired()
            .IsPersonal();
        user.Property(row => row.Email).HasMaxLength(AccountLimits.MaximumEmailLength).IsRequired().IsPersonal();
        // Normalisation can lengthen a text.
        user.Property(row => row.NormalizedEmail).HasMaxLength(2 * AccountLimits.MaximumEmailLength).IsRequired().IsPersonal();
        user.Property(row => row.PasswordHash).HasMaxLength(256).IsSecret();
        user.Property(row => row.Role)
            .HasConversion(role => role.ToString().ToUpperInvariant(), text => Enum.Parse<Role>(text, ignoreCase: true))
            .HasMaxLength(16);
        user.Property(row => row.RowVersion).HasColumnName("xmin").IsRowVersion();

        // With the organisation, so that nobody is in a group of another one. Read with the user, whose tokens must not forget it.
        user.HasOne(row => row.PermissionGroup)
            .WithMany()
            .HasForeignKey(row => new { row.PermissionGroupId, row.OrganizationId })
            .HasPrincipalKey(group => new { group.Id, group.OrganizationId })
            .HasConstraintName(ExistingGroup)
            .IsRequired(false)
            .OnDelete(DeleteBehavior.Restrict);
        user.Navigation(row => row.PermissionGroup).AutoInclude();
        user.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        user.HasIndex(row => row.NormalizedUserName).IsUnique().HasDatabaseName(UniqueUsername);
        // The e-mail comes first, because a login by e-mail looks in every organisation.
        user.HasIndex(row => new { row.NormalizedEmail, row.OrganizationId }).IsUnique().HasDatabaseName(UniqueEmail);
        user.HasIndex(row => new { row.PermissionGroupId, row.OrganizationId }).HasFilter("permission_group_id IS NOT NULL");
        user.HasIndex(row => row.CustomerId).IsUnique().HasDatabaseName(UniqueCustomer);
        user.HasIndex(row => new
        {
            row.OrganizationId,
            row.CreatedAt,
            row.Id,
        });
        user.HasIndex(row => new
        {
            row.OrganizationId,
            row.Role,
            row.CreatedAt,
            row.Id,
        });
        user.HasIndex(
                row => new
                {
                    row.OrganizationId,
                    row.CreatedAt,
                    row.Id,
                },
                "ix_users_inactive"
            )
            .HasFilter("NOT active");
        user.HasIndex(row => new { row.NormalizedUserName, row.NormalizedEmail })
            .HasMethod("gin")
            .HasOperators("gin_trgm_ops", "gin_trgm_ops");
    }
}
