using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Identity.SecondFactors;
using Lending.Identity.Users;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Authentication;

/// <summary>Registers a passkey of the caller; with the first second factor, it answers recovery codes, this once.</summary>
/// <remarks>With the first second factor, all other sessions end, and access tokens from before stop working: refresh this session.</remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once; `malformed-json`. `invalid-passkey`: the answer does not fit the challenge, which may have expired.
/// </response>
/// <response code="409">`too-many-passkeys`: the caller has ten. `passkey-registered`: somebody has registered it.</response>
internal sealed class RegisterPasskey(
    IdentityDbContext db,
    Challenges challenges,
    IPasskeyHandler<User> passkeys,
    OwnFactors factors,
    Transactions transactions,
    Caller caller,
    TimeProvider clock
) : Endpoint<RegisterPasskey.Request, Results<Ok<RecoveryCodes>, Problem>>
{
    private const int MostPasskeys = 10;

    internal sealed class Request
    {
        /// <summary>The challenge that the passkey answers, of <c>POST /users/me/passkeys/challenge</c>.</summary>
        /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
        public string Challenge { get; init; } = "";

        /// <summary>What the user calls it.</summary>
        /// <example>My phone</example>
        public string Name { get; init; } = "";

        /// <summary>What the browser answers to the challenge's `options`: `PublicKeyCredential.toJSON()`.</summary>
        public JsonElement? Passkey { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Challenge).NotEmpty().MaximumLength(Secret.Length);
            RuleFor(request => request.Name).NotEmpty().MaximumLength(Users.Passkey.MaximumNameLength).MustBeOneLine();
            RuleFor(request => request.Passkey)
                .Must(passkey => passkey is { ValueKind: JsonValueKind.Object })
                .WithErrorCode("wrong-type")
                .WithMessage("Send what PublicKeyCredential.toJSON() answers.");
        }
    }

    public override void Configure()
    {
        Post("users/me/passkeys");
        Permissions(IdentityPermission.OwnAccount);
        this.NeedsFreshProof();
        this.TakesNoIdempotencyKey();
    }

    public override async Task<Results<Ok<RecoveryCodes>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var challenge = await challenges.TryAsync(request.Challenge, ChallengePurpose.Registration, ct);
        if (challenge?.UserId != caller.UserId)
        {
            return Problem.From(IdentityErrors.InvalidPasskey);
        }
        var attestation = await passkeys.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                CredentialJson = request.Passkey!.Value.GetRawText(),
                AttestationState = challenge.PasskeyState,
                HttpContext = HttpContext,
            }
        );
        if (!attestation.Succeeded)
        {
            return Problem.From(IdentityErrors.InvalidPasskey);
        }
        var now = clock.GetStorableNow();
        await using var transaction = await transactions.BeginAsync(ct);
        await factors.LockAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == caller.UserId, ct) is not { } user)
        {
            return Problem.NotFound;
        }
        if (!await challenges.EndAsync(challenge, ct))
        {
            return Problem.From(IdentityErrors.InvalidPasskey);
        }
        if (await db.Passkeys.CountAsync(row => row.UserId == user.Id, ct) >= MostPasskeys)
        {
            return Problem.From(IdentityErrors.TooManyPasskeys);
        }
        db.Add(new Passkey(Guid.CreateVersion7(now), user.Id, request.Name, attestation.Passkey, now));
        IReadOnlyList<string> recovery = user.TwoFactorEnabled ? [] : await factors.NewRecoveryCodesAsync(user, ct);
        await factors.SwitchOnAsync(user, caller.SessionId, now, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new RecoveryCodes { Codes = recovery });
    }
}
