using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Users;

/// <summary>Makes the account of an underwriter in the caller's organisation, and invites its user by mail to set a password.</summary>
/// <response code="403">`forbidden`: the caller's role does not permit this. `other-organization`: only the platform's administrators name another organisation.</response>
/// <response code="409">`username-taken`: somebody has this user name. `email-taken`: somebody in the organisation has this e-mail.</response>
internal sealed class CreateUnderwriter(StaffAccounts accounts) : Endpoint<NewStaffRequest, Results<Created<InvitedUserResponse>, Problem>>
{
    public override void Configure()
    {
        Post("users/underwriters");
        Permissions(IdentityPermission.UsersManage);
        this.NeedsStepUp();
    }

    public override Task<Results<Created<InvitedUserResponse>, Problem>> ExecuteAsync(NewStaffRequest request, CancellationToken ct) =>
        accounts.CreateAsync(request, Role.Underwriter, ct);
}
