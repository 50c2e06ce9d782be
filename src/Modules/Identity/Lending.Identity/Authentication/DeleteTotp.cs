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

/// <summary>Takes the authenticator app away. Without another second factor, the account has none, and the recovery codes go.</summary>
internal sealed class DeleteTotp(IdentityDbContext db, OwnFactors factors, Transactions transactions, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("users/me/totp");
        Permissions(IdentityPermission.OwnAccount);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        await factors.LockAsync(ct);
        var user = await db.Users.SingleOrDefaultAsync(row => row.Id == caller.UserId, ct);
        var authenticator = await db.TotpAuthenticators.SingleOrDefaultAsync(row => row.UserId == caller.UserId, ct);
        if (user is null || authenticator is null)
        {
            return Problem.NotFound;
        }
        db.Remove(authenticator);
        await db.SaveChangesAsync(ct);
        await factors.SwitchOffIfNoneIsLeftAsync(user, clock.GetStorableNow(), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
