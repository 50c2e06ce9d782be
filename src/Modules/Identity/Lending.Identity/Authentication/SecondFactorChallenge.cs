using System.Text.Json;

namespace Lending.Identity.Authentication;

/// <summary>The password was right; a second factor is missing. Send it to <c>POST /auth/login/second-factor</c> within five minutes.</summary>
internal sealed record SecondFactorChallenge
{
    /// <summary>Names what is under way.</summary>
    /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
    public required string Challenge { get; init; }

    /// <summary>For <c>navigator.credentials.get</c>, where the user has passkeys: <c>PublicKeyCredential.parseRequestOptionsFromJSON</c> reads it.</summary>
    public required JsonElement? PasskeyOptions { get; init; }

    /// <summary>How long it works, in seconds.</summary>
    /// <example>300</example>
    public required int ExpiresIn { get; init; }
}

/// <summary>A challenge that a passkey answers.</summary>
internal sealed record PasskeyChallenge
{
    /// <summary>Names the challenge; send it with the passkey's answer, within five minutes.</summary>
    /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
    public required string Challenge { get; init; }

    /// <summary>What the browser wants: <c>PublicKeyCredential.parseRequestOptionsFromJSON</c> or <c>parseCreationOptionsFromJSON</c> reads it.</summary>
    public required JsonElement Options { get; init; }
}
