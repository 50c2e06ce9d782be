using Lending.Identity.Contracts;
using Lending.Identity.Organizations;

namespace Lending.Identity.Users;

/// <summary>What each role permits: the one place that knows.</summary>
internal static class RolePermissions
{
    private static readonly string[] EverybodysPermissions =
    [
        Permission.OwnAccount,
        Permission.CustomersRead,
        Permission.OffersRead,
        Permission.OffersComment,
    ];

    private static readonly string[] CustomerPermissions = [.. EverybodysPermissions, Permission.OffersAccept];

    private static readonly string[] StaffPermissions =
    [
        .. EverybodysPermissions,
        Permission.WholeOrganization,
        Permission.OffersDecide,
        Permission.ProductsRead,
    ];

    private static readonly string[] UnderwriterPermissions = [.. StaffPermissions, Permission.OffersUnderwrite];

    private static readonly string[] InstallerPermissions =
    [
        .. StaffPermissions,
        Permission.CustomersWrite,
        Permission.OffersWrite,
        Permission.InstallersCreate,
    ];

    private static readonly string[] AdminPermissions = [.. InstallerPermissions, Permission.UsersManage, Permission.ProductsWrite];

    private static readonly string[] PlatformAdminPermissions = [.. AdminPermissions, Permission.OrganizationsManage];

    /// <summary>The permissions of a role in an organisation; the default organisation is the platform's own.</summary>
    public static IReadOnlyCollection<string> Of(Role role, Guid organizationId) =>
        role switch
        {
            Role.Customer => CustomerPermissions,
            Role.Installer => InstallerPermissions,
            Role.Underwriter => UnderwriterPermissions,
            Role.Admin => organizationId == Organization.DefaultId ? PlatformAdminPermissions : AdminPermissions,
            _ => throw new ArgumentOutOfRangeException(nameof(role), role, message: null),
        };
}
