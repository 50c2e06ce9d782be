using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Persistence;
using Lending.Platform.Security;

namespace Lending.Identity.Organizations;

/// <summary>The reach of the platform's administrators, the only callers who cross organisations.</summary>
internal static class PlatformAdministration
{
    public static bool IsPlatformAdministrator(this Caller caller) => caller.May(IdentityPermission.OrganizationsManage);

    /// <summary>The caller's organisation; every one for the platform's administrators.</summary>
    public static IQueryable<Organization> OrganizationsInReachOf(this IdentityDbContext db, Caller caller) =>
        caller.IsPlatformAdministrator()
            ? db.Organizations.OverEveryOrganization()
            : db.Organizations.Where(organization => organization.Id == caller.OrganizationId);
}
