using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Makes the accounts of installers and underwriters.</summary>
internal sealed class StaffAccounts(IdentityDbContext db, UserManager<User> users, Caller caller, TimeProvider clock)
{
    /// <summary>Makes an account of this role in the caller's organisation; the platform's administrators may name another.</summary>
    public async Task<Results<Created<UserResponse>, Problem>> CreateAsync(NewStaffRequest request, Role role, CancellationToken ct)
    {
        var organizationId = request.OrganizationId ?? caller.OrganizationId;
        if (organizationId != caller.OrganizationId)
        {
            if (!caller.IsPlatformAdministrator())
            {
                return Problem.From(IdentityErrors.OtherOrganization);
            }
            if (!await db.Organizations.AnyAsync(organization => organization.Id == organizationId, ct))
            {
                return Problem.From(IdentityErrors.UnknownOrganization);
            }
            caller.ActFor(organizationId, caller.Reference);
        }
        var now = clock.GetStorableNow();
        var user = new User(Guid.CreateVersion7(now), request.Username, request.Email, role, organizationId, now);
        var result = await users.CreateAsync(user, request.Password);
        return result.Succeeded
            ? TypedResults.Created($"/api/v1/users/{user.Id}", user.Adapt<UserResponse>())
            : Problem.From(result.ToErrors());
    }
}
