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

/// <summary>Takes a passkey away. Without another second factor, the account has none, and the recovery codes go.</summary>
internal sealed class DeletePasskey(IdentityDbContext db, OwnFactors factors, Transactions transactions, Caller caller, TimeProvider clock)
    : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("users/me/passkeys/{id:guid}");
        Permissions(IdentityPermission.OwnAccount);
        this.NeedsStepUp();
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        await using var transaction = await transactions.BeginAsync(ct);
        await factors.LockAsync(ct);
        var user = await db.Users.SingleOrDefaultAsync(row => row.Id == caller.UserId, ct);
        var passkey = await db.Passkeys.SingleOrDefaultAsync(row => row.Id == id && row.UserId == caller.UserId, ct);
        if (user is null || passkey is null)
        {
            return Problem.NotFound;
        }
        db.Remove(passkey);
        await db.SaveChangesAsync(ct);
        await factors.SwitchOffIfNoneIsLeftAsync(user, clock.GetStorableNow(), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
