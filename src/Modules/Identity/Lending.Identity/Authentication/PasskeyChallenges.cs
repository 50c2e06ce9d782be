using System.Text.Json;
using Lending.Identity.Data;
using Lending.Identity.SecondFactors;
using Lending.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Starts challenges, with what a browser needs for a passkey.</summary>
internal sealed class PasskeyChallenges(
    IdentityDbContext db,
    Challenges challenges,
    IPasskeyHandler<User> passkeys,
    IHttpContextAccessor accessor
)
{
    /// <summary>For the second step of a login.</summary>
    public async Task<SecondFactorChallenge> StartLoginAsync(User user, CancellationToken ct)
    {
        var request = await db.Passkeys.AnyAsync(passkey => passkey.UserId == user.Id, ct)
            ? await passkeys.MakeRequestOptionsAsync(user, accessor.HttpContext!)
            : null;
        return new SecondFactorChallenge
        {
            Challenge = await challenges.StartAsync(ChallengePurpose.Login, user, request?.AssertionState, ct),
            PasskeyOptions = request is null ? null : JsonElement.Parse(request.RequestOptionsJson),
            ExpiresIn = (int)Challenge.Lifetime.TotalSeconds,
        };
    }

    /// <summary>For one of the user's passkeys; for any, where it will tell who the user is.</summary>
    public async Task<PasskeyChallenge> StartProofAsync(ChallengePurpose purpose, User? user, CancellationToken ct)
    {
        var request = await passkeys.MakeRequestOptionsAsync(user, accessor.HttpContext!);
        return new PasskeyChallenge
        {
            Challenge = await challenges.StartAsync(purpose, user, request.AssertionState, ct),
            Options = JsonElement.Parse(request.RequestOptionsJson),
        };
    }

    /// <summary>For a new passkey of the user.</summary>
    public async Task<PasskeyChallenge> StartRegistrationAsync(User user, CancellationToken ct)
    {
        var entity = new PasskeyUserEntity
        {
            Id = user.Id.ToString(),
            Name = user.UserName!,
            DisplayName = user.UserName!,
        };
        var creation = await passkeys.MakeCreationOptionsAsync(entity, accessor.HttpContext!);
        return new PasskeyChallenge
        {
            Challenge = await challenges.StartAsync(ChallengePurpose.Registration, user, creation.AttestationState, ct),
            Options = JsonElement.Parse(creation.CreationOptionsJson),
        };
    }
}
