using Lending.Identity.Organizations;
using Lending.Identity.Users.PermissionGroups;
using Lending.Kernel;

namespace Lending.Identity.Users;

/// <summary>What each role permits: the sum of what the modules grant.</summary>
internal sealed class RolePermissions(IEnumerable<PermissionGrant> grants)
{
    private readonly Dictionary<Role, string[]> permissionsByRole = Enum.GetValues<Role>()
        .ToDictionary(role => role, role => grants.Where(grant => grant.Roles.Contains(role)).Select(grant => grant.Permission).ToArray());

    private readonly string[] ofPlatform = [.. grants.Where(grant => grant.IsForPlatform).Select(grant => grant.Permission)];

    /// <summary>What a user may do: what their role permits, and of this what their permission group keeps.</summary>
    public IReadOnlyCollection<string> Of(User user)
    {
        var all = Of(user.Role, user.OrganizationId);
        if (user.PermissionGroupId is null)
        {
            return all;
        }
        var kept = user.PermissionGroup ?? throw new InvalidOperationException("The user was read without their permission group.");
        return [.. all.Intersect(kept.Permissions, StringComparer.Ordinal)];
    }

    /// <summary>What is wrong with the permissions of a group; null if nothing is.</summary>
    public Error? CheckGroup(IEnumerable<string> wanted)
    {
        var possible = permissionsByRole
            .Where(role => PermissionGroup.IsFor(role.Key))
            .SelectMany(role => role.Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return wanted.Except(possible, StringComparer.Ordinal).Any()
            ? Error.Validation("permission-not-allowed", $"Groups have of these permissions: {string.Join(", ", possible)}.", "permissions")
            : null;
    }

    /// <summary>The permissions of a role in an organisation; administrators of the default organisation are the platform's own.</summary>
    public IReadOnlyCollection<string> Of(Role role, Guid organizationId) =>
        role == Role.Admin && organizationId == Organization.DefaultId
            ? [.. permissionsByRole[role], .. ofPlatform]
            : permissionsByRole[role];
}
