using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Makes the account of an installer in the caller's organisation, and invites its user by mail to set a password.</summary>
/// <response code="403">`forbidden`: the caller's role does not permit this. `other-organization`: only the platform's administrators name another organisation. `installers-may-not-invite`: in this organisation, only administrators make installers.</response>
/// <response code="409">`username-taken`: somebody has this user name. `email-taken`: somebody in the organisation has this e-mail.</response>
internal sealed class CreateInstaller(IdentityDbContext db, StaffAccounts accounts, Caller caller)
    : Endpoint<NewStaffRequest, Results<Created<InvitedUserResponse>, Problem>>
{
    public override void Configure()
    {
        Post("users/installers");
        Permissions(IdentityPermission.InstallersCreate);
        this.NeedsStepUp();
    }

    public override async Task<Results<Created<InvitedUserResponse>, Problem>> ExecuteAsync(NewStaffRequest request, CancellationToken ct)
    {
        if (!caller.May(IdentityPermission.UsersManage) && !await MayInviteAsync(ct))
        {
            return Problem.From(IdentityErrors.InstallersMayNotInvite);
        }
        return await accounts.CreateAsync(request, Role.Installer, ct);
    }

    private Task<bool> MayInviteAsync(CancellationToken ct) =>
        db.Organizations.AnyAsync(row => row.Id == caller.OrganizationId && row.InstallersMayInviteInstallers, ct);
}
