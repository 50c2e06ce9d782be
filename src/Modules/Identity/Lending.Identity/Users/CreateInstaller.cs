using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Users;

/// <summary>Makes the account of an installer in the caller's organisation.</summary>
/// <response code="403">`forbidden`: the caller's role does not permit this. `other-organization`: only the platform's administrators name another organisation.</response>
/// <response code="409">`username-taken`: somebody has this user name. `email-taken`: somebody in the organisation has this e-mail.</response>
internal sealed class CreateInstaller(StaffAccounts accounts) : Endpoint<NewStaffRequest, Results<Created<UserResponse>, Problem>>
{
    public override void Configure()
    {
        Post("users/installers");
        Permissions(IdentityPermission.InstallersCreate);
    }

    public override Task<Results<Created<UserResponse>, Problem>> ExecuteAsync(NewStaffRequest request, CancellationToken ct) =>
        accounts.CreateAsync(request, Role.Installer, ct);
}
