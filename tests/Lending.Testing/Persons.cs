using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Loans.Contracts;
using Lending.Platform.Security;

namespace Lending.Testing;

/// <summary>Made-up users for tests of one module, where there is no Identity module.</summary>
public static class Persons
{
    /// <summary>An installer, who sees the whole organisation.</summary>
    public static AccessTokenSubject Installer(Guid organizationId) =>
        Of(
            organizationId,
            "INSTALLER",
            null,
            Caller.WholeOrganizationPermission,
            CustomersPermission.CustomersRead,
            CustomersPermission.CustomersWrite,
            LoansPermission.OffersRead,
            LoansPermission.OffersWrite,
            LoansPermission.OffersDecide,
            LoansPermission.OffersComment,
            LoansPermission.ProductsRead
        );

    /// <summary>An installer who manages users and products too.</summary>
    public static AccessTokenSubject Administrator(Guid organizationId)
    {
        var installer = Installer(organizationId);
        return installer with
        {
            Role = "ADMIN",
            Permissions = [.. installer.Permissions, IdentityPermission.UsersManage, LoansPermission.ProductsWrite],
        };
    }

    /// <summary>An underwriter, who decides and writes nothing else.</summary>
    public static AccessTokenSubject Underwriter(Guid organizationId) =>
        Of(
            organizationId,
            "UNDERWRITER",
            null,
            Caller.WholeOrganizationPermission,
            CustomersPermission.CustomersRead,
            LoansPermission.OffersRead,
            LoansPermission.OffersDecide,
            LoansPermission.OffersUnderwrite,
            LoansPermission.OffersComment,
            LoansPermission.ProductsRead
        );

    /// <summary>A customer, who sees what is theirs.</summary>
    public static AccessTokenSubject Customer(Guid organizationId, Guid? customerId) =>
        Of(
            organizationId,
            "CUSTOMER",
            customerId,
            CustomersPermission.CustomersRead,
            LoansPermission.OffersRead,
            LoansPermission.OffersAccept,
            LoansPermission.OffersComment
        );

    private static AccessTokenSubject Of(Guid organizationId, string role, Guid? customerId, params string[] permissions) =>
        new(Unique.Id(), Unique.Username(role.ToLowerInvariant()), organizationId, role, customerId, AccessVersion: 0, permissions);
}
