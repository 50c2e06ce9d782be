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
            Permission.OffersDecide,
            Permission.OffersComment,
            Permission.ProductsRead
        );

    /// <summary>An installer who manages users and products too.</summary>
    public static AccessTokenSubject Administrator(Guid organizationId)
    {
        var installer = Installer(organizationId);
        return installer with
        {
            Role = "ADMIN",
            Permissions = [.. installer.Permissions, Permission.UsersManage, Permission.ProductsWrite],
        };
    }

    /// <summary>An underwriter, who decides and writes nothing else.</summary>
    public static AccessTokenSubject Underwriter(Guid organizationId) =>
        Of(
            organizationId,
            "UNDERWRITER",
            null,
            Permission.WholeOrganization,
            Permission.CustomersRead,
            Permission.OffersRead,
            Permission.OffersDecide,
            Permission.OffersUnderwrite,
            Permission.OffersComment,
            Permission.ProductsRead
        );

    /// <summary>A customer, who sees what is theirs.</summary>
    public static AccessTokenSubject Customer(Guid organizationId, Guid? customerId) =>
        Of(
            organizationId,
            "CUSTOMER",
            customerId,
            Permission.CustomersRead,
            Permission.OffersRead,
            Permission.OffersAccept,
            Permission.OffersComment
        );

    private static AccessTokenSubject Of(Guid organizationId, string role, Guid? customerId, params string[] permissions) =>
        new(Unique.Id(), Unique.Username(role.ToLowerInvariant()), organizationId, role, customerId, AccessVersion: 0, permissions);
}
