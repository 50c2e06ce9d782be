using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Starts to register a passkey: answers what the browser needs for it.</summary>
internal sealed class StartPasskey(IdentityDbContext db, PasskeyChallenges challenges, Caller caller)
    : EndpointWithoutRequest<Results<Ok<PasskeyChallenge>, Problem>>
{
    public override void Configure()
    {
        Post("users/me/passkeys/challenge");
        Permissions(IdentityPermission.OwnAccount);
        this.NeedsFreshProof();
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<PasskeyChallenge>, Problem>> ExecuteAsync(CancellationToken ct) =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == caller.UserId, ct) is { } user
            ? TypedResults.Ok(await challenges.StartRegistrationAsync(user, ct))
            : Problem.NotFound;
}
