using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.SecondFactors;
using Lending.Identity.Terms;
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

/// <summary>Gives the caller's second factor again, for what needs one of the last ten minutes: a step-up. The session stays the same.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`. `wrong-second-factor`: it is wrong, was used, or too many attempts failed lately.
/// </response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class StepUpSession(
    IdentityDbContext db,
    OwnProof proofs,
    AccessTokenIssuer accessTokens,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
) : Endpoint<OwnSecondFactorProof, Results<Ok<StepUpSession.Renewal>, Problem>>
{
    /// <summary>The access token that knows of the second factor; the earlier one goes on working for everything else.</summary>
    internal sealed record Renewal
    {
        /// <summary>Send it as <c>Authorization: Bearer …</c>.</summary>
        /// <example>eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIwMTkzOGM0ZSJ9.c2lnbmF0dXJl</example>
        public required string AccessToken { get; init; }

        /// <summary>How long the access token works, in seconds.</summary>
        /// <example>3600</example>
        public required int ExpiresIn { get; init; }

        /// <summary>Whether terms have come into force meanwhile that the organisation requires: then the new token permits the user's own account alone.</summary>
        /// <example>false</example>
        public required bool TermsMissing { get; init; }
    }

    public override void Configure()
    {
        Post("users/me/step-up");
        Permissions(IdentityPermission.OwnAccount);
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<Renewal>, Problem>> ExecuteAsync(OwnSecondFactorProof request, CancellationToken ct)
    {
        var (sessionId, now) = (caller.SessionId!.Value, clock.GetStorableNow());
        var found = await db.Users.AsNoTracking().Where(row => row.Id == caller.UserId).WithTerms(db, now).SingleOrDefaultAsync(ct);
        if (found is not { User: var user } || !await proofs.FitsAsync(user, request, ct))
        {
            return Problem.From(IdentityErrors.WrongSecondFactor);
        }
        await using var transaction = await transactions.BeginAsync(ct);
        // An access token outlives its session for some seconds; it must not begin a new life here.
        var steppedUp = await db
            .Sessions.Where(session =>
                session.Id == sessionId
                && session.UserId == user.Id
                && session.AccessVersion == user.AccessVersion
                && session.ExpiresAt > now
            )
            .ExecuteUpdateAsync(
                set => set.SetProperty(session => session.SecondFactorAt, now).SetProperty(session => session.LastUsedAt, now),
                ct
            );
        if (steppedUp == 0)
        {
            return Problem.From(IdentityErrors.InvalidRefreshToken);
        }
        db.Note(AuditAction.StepUp, nameof(Session), sessionId, user.CustomerId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(
            new Renewal
            {
                AccessToken = accessTokens.Create(user, sessionId, now, found.Terms),
                ExpiresIn = (int)accessTokens.Lifetime.TotalSeconds,
                TermsMissing = found.Terms.Missing,
            }
        );
    }
}
