using Lending.Platform.Security;

namespace Lending.Testing;

/// <summary>Made-up users for tests of one module, where there is no Identity module. What their roles permit there, the module grants.</summary>
public static class Persons
{
    /// <summary>An installer, who sees the whole organisation.</summary>
    public static AccessTokenSubject Installer(Guid organizationId) => Staff(organizationId, "INSTALLER");

    /// <summary>An administrator of the organisation.</summary>
    public static AccessTokenSubject Administrator(Guid organizationId) => Staff(organizationId, "ADMIN");

    /// <summary>An underwriter, who decides and writes nothing else.</summary>
    public static AccessTokenSubject Underwriter(Guid organizationId) => Staff(organizationId, "UNDERWRITER");

    /// <summary>A customer, who sees what is theirs.</summary>
    public static AccessTokenSubject Customer(Guid organizationId, Guid? customerId) => Of(organizationId, "CUSTOMER", customerId);

    private static AccessTokenSubject Staff(Guid organizationId, string role) =>
        Of(organizationId, role, customerId: null, Caller.WholeOrganizationPermission);

    private static AccessTokenSubject Of(Guid organizationId, string role, Guid? customerId, params string[] permissions) =>
        new(Unique.Id(), Unique.Username(role.ToLowerInvariant()), organizationId, role, customerId, AccessVersion: 0, permissions);
}
