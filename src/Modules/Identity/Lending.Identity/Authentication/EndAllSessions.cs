using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Logs the caller out everywhere: ends all their sessions, this one too, and forgets their devices.</summary>
/// <remarks>Refresh tokens stop working at once, access tokens within 30 seconds.</remarks>
/// <response code="409">`concurrent-change`: the account was changed at the same time; try again.</response>
internal sealed class EndAllSessions(IdentityDbContext db, Sessions sessions, Transactions transactions, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("users/me/sessions");
        Permissions(IdentityPermission.OwnAccount);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == caller.UserId, ct) is not { } user)
        {
            return Problem.NotFound;
        }
        db.Add(user.EndSessions(clock.GetStorableNow()));
        await db.SaveChangesAsync(ct);
        await sessions.EndAllAsync(user.Id, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
