using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using Lending.Platform.Security;

namespace Lending.Identity.SecondFactors;

/// <summary>A second factor: a code of the app, a recovery code, or the answer of a passkey.</summary>
internal abstract record SecondFactorProof
{
    private const int MaximumCodeLength = 32;

    /// <summary>The six digits that the app shows now.</summary>
    /// <example>492039</example>
    public string? Code { get; init; }

    /// <summary>One of the recovery codes; it works once.</summary>
    /// <example>7KQM-2XVA-9DTR-HW4P</example>
    public string? RecoveryCode { get; init; }

    /// <summary>What the browser answers to the challenge's `options`: `PublicKeyCredential.toJSON()`.</summary>
    public JsonElement? Passkey { get; init; }

    internal sealed class Rules : AbstractValidator<SecondFactorProof>
    {
        public Rules()
        {
            RuleFor(proof => proof.Code).MaximumLength(MaximumCodeLength);
            RuleFor(proof => proof.RecoveryCode).MaximumLength(MaximumCodeLength);
            RuleFor(proof => proof.Passkey)
                .Must(passkey => passkey is null or { ValueKind: JsonValueKind.Object })
                .WithErrorCode("wrong-type")
                .WithMessage("Send what PublicKeyCredential.toJSON() answers.");
            RuleFor(proof => proof.Code)
                .Must((proof, _) => new object?[] { proof.Code, proof.RecoveryCode, proof.Passkey }.Count(part => part is not null) == 1)
                .WithErrorCode("one-second-factor")
                .WithMessage("Send one of code, recoveryCode and passkey.");
        }
    }
}

/// <summary>A second factor of a user who is logged in.</summary>
internal sealed record OwnSecondFactorProof : SecondFactorProof
{
    /// <summary>The challenge that a passkey answers, of <c>POST /users/me/step-up/challenge</c>.</summary>
    /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
    public string? Challenge { get; init; }

    internal sealed class Validator : Validator<OwnSecondFactorProof>
    {
        public Validator()
        {
            Include(new Rules());
            RuleFor(proof => proof.Challenge).NotNull().When(proof => proof.Passkey is not null);
            RuleFor(proof => proof.Challenge).MaximumLength(Secret.Length);
        }
    }
}
