using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.SecondFactors;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Switches the authenticator app on with a code of it, and answers recovery codes, this once.</summary>
/// <remarks>With the first second factor, all other sessions end, and access tokens from before stop working: refresh this session.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`. `wrong-second-factor`: the code is wrong, or too many attempts failed lately.
/// </response>
/// <response code="409">`totp-not-started`: there is no app to confirm.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class ConfirmTotp(
    IdentityDbContext db,
    TotpCodes codes,
    Attempts attempts,
    OwnFactors factors,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
) : Endpoint<ConfirmTotp.Request, Results<Ok<RecoveryCodes>, Problem>>
{
    internal sealed class Request
    {
        /// <summary>The six digits that the app shows now.</summary>
        /// <example>492039</example>
        public string Code { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Code).NotEmpty().MaximumLength(32);
    }

    public override void Configure()
    {
        Post("users/me/totp/confirmation");
        Permissions(IdentityPermission.OwnAccount);
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
        this.NeedsFreshProof();
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<RecoveryCodes>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var waiting = db.TotpAuthenticators.Where(row => row.UserId == caller.UserId && row.ConfirmedAt == null);
        if (await waiting.AsNoTracking().SingleOrDefaultAsync(ct) is not { } authenticator)
        {
            return Problem.From(IdentityErrors.TotpNotStarted);
        }
        var attempt = await attempts.BeginInSessionAsync(caller.UserId, caller.SessionId, ct);
        if (!attempt.IsAdmitted || codes.Find(authenticator, request.Code) is not { } step)
        {
            // Told also where the client has hung up.
            await attempts.FailAsync(
                await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == caller.UserId, CancellationToken.None),
                attempt
            );
            return Problem.From(IdentityErrors.WrongSecondFactor);
        }
        await attempts.ForgiveAsync(attempt, ct);
        var now = clock.GetStorableNow();
        await using var transaction = await transactions.BeginAsync(ct);
        await factors.LockAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == caller.UserId, ct) is not { } user)
        {
            return Problem.NotFound;
        }
        // The secret is compared as well: of two who set an app up at once, the code is of one.
        var confirmed = await waiting
            .Where(row => row.Secret.Equals(authenticator.Secret))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmedAt, now).SetProperty(row => row.LastTimeStep, step), ct);
        if (confirmed == 0)
        {
            return Problem.From(IdentityErrors.TotpNotStarted);
        }
        db.Note(AuditAction.Update, nameof(TotpAuthenticator), user.Id, user.CustomerId);
        IReadOnlyList<string> recovery = user.TwoFactorEnabled ? [] : await factors.NewRecoveryCodesAsync(user, ct);
        await factors.SwitchOnAsync(user, caller.SessionId, now, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new RecoveryCodes { Codes = recovery });
    }
}
