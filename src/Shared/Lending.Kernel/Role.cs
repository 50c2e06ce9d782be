namespace Lending.Kernel;

/// <summary>A user's role: ADMIN, INSTALLER, UNDERWRITER or CUSTOMER.</summary>
/// <remarks>What it permits is the sum of the modules' <see cref="PermissionGrant"/>s.</remarks>
public enum Role
{
    /// <summary>Works with loans and customers.</summary>
    Installer,

    /// <summary>Reads their own profile and offers.</summary>
    Customer,

    /// <summary>An installer who manages users and products too.</summary>
    Admin,

    /// <summary>Decides on offers; reads everything that this takes and changes nothing else.</summary>
    Underwriter,
}
