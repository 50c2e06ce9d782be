using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Users;

/// <summary>Mails a member of staff another invitation, when the first was lost or has expired. The earlier one stops working.</summary>
/// <remarks>Customers are invited by <c>POST /customers/{id}/invitation</c>.</remarks>
/// <response code="409">`account-has-password`: the user can log in already. `concurrent-change`: somebody else invited them at the same time.</response>
internal sealed class InviteUser(IdentityDbContext db, StaffAccounts accounts, Transactions transactions, Caller caller)
    : EndpointWithoutRequest<Results<Accepted<MailedSecret>, Problem>>
{
    public override void Configure()
    {
        Post("users/{id:guid}/invitation");
        Permissions(IdentityPermission.UsersManage);
    }

    public override async Task<Results<Accepted<MailedSecret>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var user = await db.UsersInReachOf(caller).SingleOrDefaultAsync(row => row.Id == id && row.CustomerId == null, ct);
        if (user is null)
        {
            return Problem.NotFound;
        }
        if (user.PasswordHash is not null)
        {
            return Problem.From(IdentityErrors.AccountHasPassword);
        }
        caller.ActFor(user.OrganizationId, caller.Reference);
        await using var transaction = await transactions.BeginAsync(ct);
        var invitation = await accounts.InviteAsync(user, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null, invitation);
    }
}
