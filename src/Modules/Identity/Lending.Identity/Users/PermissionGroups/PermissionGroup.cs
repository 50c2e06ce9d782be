using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Platform.Security;

namespace Lending.Identity.Users.PermissionGroups;

/// <summary>What some of an organisation's installers and underwriters may do: of the permissions of their role, those that are also the group's.</summary>
internal sealed class PermissionGroup : ITenantOwned, IListed
{
    public const int MaximumNameLength = 100;

    /// <summary>Without these nobody works for an organisation, so they are in every group.</summary>
    private static readonly string[] Always = [Contracts.IdentityPermission.OwnAccount, Caller.WholeOrganizationPermission];

    private PermissionGroup() { }

    public PermissionGroup(Guid id, string name, IEnumerable<string> permissions, DateTimeOffset now)
    {
        Id = id;
        CreatedAt = now;
        Change(name, permissions, now);
    }

    public Guid Id { get; private set; }

    public Guid OrganizationId { get; private set; }

    [NotPersonal]
    public string Name { get; private set; } = "";

    [NotPersonal]
    public IReadOnlyList<string> Permissions { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>Whether somebody of this role can be in a group. Administrators have everything always, so that somebody can mend what groups forbid.</summary>
    public static bool IsFor(Role role) => role is Role.Installer or Role.Underwriter;

    /// <summary>Names it and sets its permissions. Answers whether these are others now.</summary>
    public bool Change(string name, IEnumerable<string> permissions, DateTimeOffset now)
    {
        List<string> sorted = [.. permissions.Union(Always, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var isOther = !sorted.SequenceEqual(Permissions, StringComparer.Ordinal);
        if (name.Trim() != Name || isOther)
        {
            Name = name.Trim();
            Permissions = sorted;
            UpdatedAt = now;
        }
        return isOther;
    }
}
