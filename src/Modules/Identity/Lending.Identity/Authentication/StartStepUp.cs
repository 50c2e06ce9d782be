using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.SecondFactors;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Starts a step-up with a passkey. With a code, none of this is needed.</summary>
internal sealed class StartStepUp(IdentityDbContext db, PasskeyChallenges challenges, Caller caller)
    : EndpointWithoutRequest<Results<Ok<PasskeyChallenge>, Problem>>
{
    public override void Configure()
    {
        Post("users/me/step-up/challenge");
        Permissions(IdentityPermission.OwnAccount);
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<PasskeyChallenge>, Problem>> ExecuteAsync(CancellationToken ct) =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == caller.UserId, ct) is { } user
            ? TypedResults.Ok(await challenges.StartProofAsync(ChallengePurpose.Proof, user, ct))
            : Problem.NotFound;
}
