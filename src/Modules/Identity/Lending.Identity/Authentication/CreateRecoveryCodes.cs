using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Makes ten new recovery codes, shown this once; earlier ones stop working.</summary>
/// <response code="409">`no-second-factor`: there is no second factor that they could take the place of.</response>
internal sealed class CreateRecoveryCodes(IdentityDbContext db, OwnFactors factors, Transactions transactions, Caller caller)
    : EndpointWithoutRequest<Results<Ok<RecoveryCodes>, Problem>>
{
    public override void Configure()
    {
        Post("users/me/recovery-codes");
        Permissions(IdentityPermission.OwnAccount);
        this.NeedsStepUp();
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<RecoveryCodes>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        await factors.LockAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == caller.UserId, ct) is not { TwoFactorEnabled: true } user)
        {
            return Problem.From(IdentityErrors.NoSecondFactor);
        }
        var codes = await factors.NewRecoveryCodesAsync(user, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new RecoveryCodes { Codes = codes });
    }
}
