using Lending.Identity.Contracts;
using Lending.Platform.Security;

namespace Lending.Testing;

/// <summary>Access token subjects for tests of one module, where no Identity module issues them.</summary>
public static class Persons
{
    /// <summary>An installer, who sees the whole organisation.</summary>
    public static AccessTokenSubject Installer(Guid organizationId) =>
        Of(
            organizationId,
            "INSTALLER",
            null,
            Permission.WholeOrganization,
            Permission.CustomersRead,
            Permission.CustomersWrite,
            Permission.OffersRead,
            Permission.OffersWrite,
            Permission.OffersDecide
        );

    /// <summary>A customer, who sees what is theirs.</summary>
    public static AccessTokenSubject Customer(Guid organizationId, Guid? customerId) =>
        Of(organizationId, "CUSTOMER", customerId, Permission.CustomersRead, Permission.OffersRead);

    private static AccessTokenSubject Of(Guid organizationId, string role, Guid? customerId, params string[] permissions) =>
        new(Unique.Id(), Unique.Username(role.ToLowerInvariant()), organizationId, role, customerId, AccessVersion: 0, permissions);
}
