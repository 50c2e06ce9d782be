namespace Lending.Identity.Users;

/// <summary>A user's role; what it permits stands in <see cref="RolePermissions"/>.</summary>
internal enum Role
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
