namespace Lending.Kernel;

/// <summary>
/// Which roles have a permission. Each module registers one for each permission of its own, as a singleton service; Identity gathers them and
/// writes them into access tokens.
/// </summary>
/// <param name="Permission">The permission's name, such as <c>customers:read</c>.</param>
/// <param name="Roles">The roles that have it.</param>
public sealed record PermissionGrant(string Permission, params IReadOnlyCollection<Role> Roles)
{
    /// <summary>Which API keys may have it, too; none, unless the module says so.</summary>
    public KeyGrant Keys { get; init; }

    /// <summary>Whether administrators of the platform's own organisation have it, whatever it says of roles.</summary>
    public bool IsForPlatform { get; init; }
}

/// <summary>Which API keys may have a permission.</summary>
public enum KeyGrant
{
    /// <summary>None: it takes a person.</summary>
    None,

    /// <summary>Only those that act in a sandbox, where nothing is owed to anybody.</summary>
    Sandbox,

    /// <summary>All.</summary>
    All,
}
