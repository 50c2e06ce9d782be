using Lending.Identity.SecondFactors;
using Lending.Identity.Users;
using Lending.Platform.Security;

namespace Lending.Identity.Authentication;

/// <summary>Checks the second factor of a user who is logged in. Each check is an attempt.</summary>
internal sealed class OwnProof(Attempts attempts, Challenges challenges, SecondFactorCheck factors, Caller caller)
{
    public async Task<bool> FitsAsync(User user, OwnSecondFactorProof proof, CancellationToken ct)
    {
        var challenge = proof.Passkey is null ? null : await challenges.TryAsync(proof.Challenge, ChallengePurpose.Proof, ct);
        var attempt = await attempts.BeginInSessionAsync(user.Id, caller.SessionId, ct);
        var isOwn = challenge is null || challenge.UserId == user.Id;
        // What was counted is looked at and told, also where the client hangs up meanwhile.
        if (!isOwn || !attempt.IsAdmitted || !await factors.FitsAsync(user, proof, challenge?.PasskeyState, CancellationToken.None))
        {
            await attempts.FailAsync(user, attempt);
            return false;
        }
        await attempts.ForgiveAsync(attempt, ct);
        return challenge is null || await challenges.EndAsync(challenge, ct);
    }
}
