using Lending.Identity.Contracts;
using Lending.Identity.Organizations;
using Lending.Kernel;

namespace Lending.Identity.Users;

/// <summary>What each role permits: the sum of what the modules grant.</summary>
internal sealed class RolePermissions(IEnumerable<PermissionGrant> grants)
{
    private readonly Dictionary<Role, string[]> permissionsByRole = Enum.GetValues<Role>()
        .ToDictionary(role => role, role => grants.Where(grant => grant.Roles.Contains(role)).Select(grant => grant.Permission).ToArray());

    /// <summary>The permissions of a role in an organisation; administrators of the default organisation are the platform's own.</summary>
    public IReadOnlyCollection<string> Of(Role role, Guid organizationId) =>
        role == Role.Admin && organizationId == Organization.DefaultId
            ? [.. permissionsByRole[role], IdentityPermission.OrganizationsManage]
            : permissionsByRole[role];
}
