using Lending.Identity.Data;
using Lending.Identity.Organizations;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Makes the accounts of staff, who choose their passwords themselves: nobody else ever knows them.</summary>
internal sealed class StaffAccounts(
    IdentityDbContext db,
    UserManager<User> users,
    AccountMail mail,
    MailedSecrets secrets,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
)
{
    /// <summary>Makes an account of this role in the caller's organisation, and invites its user; the platform's administrators may name another.</summary>
    public async Task<Results<Created<InvitedUserResponse>, Problem>> CreateAsync(NewStaffRequest request, Role role, CancellationToken ct)
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
        await using var transaction = await transactions.BeginAsync(ct);
        var result = await users.CreateAsync(user);
        if (!result.Succeeded)
        {
            return Problem.From(result.ToErrors());
        }
        var invitation = await InviteAsync(user, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Created($"/api/v1/users/{user.Id}", new InvitedUserResponse(user.Adapt<UserResponse>(), invitation));
    }

    /// <summary>Mails the user an invitation to set a password, in the present transaction. An earlier one stops working.</summary>
    public async Task<MailedSecret> InviteAsync(User user, CancellationToken ct)
    {
        var (token, expiresAt) = await mail.SendSecretAsync(
            user,
            AccountTokenPurpose.Invitation,
            (secret, end) => Message.StaffInvitation(user.Email!, user.UserName!, secret, end),
            ct
        );
        return secrets.Answer(token, expiresAt);
    }
}
