using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Lending.Platform.Security;

/// <summary>
/// Secrets go to their owners by mail, and to nobody else. In Development alone, where there may be no mail server, answers can tell them, too; setting
/// <c>Invitations__AnswerWithToken</c>.
/// </summary>
public sealed class MailedSecrets
{
    private readonly bool areAnswered;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="InvalidOperationException">Answers shall tell secrets outside Development.</exception>
    public MailedSecrets(IConfiguration configuration, IHostEnvironment environment)
    {
        const string setting = "Invitations:AnswerWithToken";
        areAnswered = configuration.GetValue<bool?>(setting) ?? environment.IsDevelopment();
        if (areAnswered && !environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                "Invitations__AnswerWithToken is for Development only: staff would see their customers' secrets."
            );
        }
    }

    /// <summary>What a request is answered that had a secret mailed.</summary>
    public MailedSecret Answer(string token, DateTimeOffset expiresAt) =>
        new() { Token = areAnswered ? token : null, ExpiresAt = expiresAt };
}

/// <summary>A secret is on its way to its owner, by mail.</summary>
public sealed record MailedSecret
{
    /// <summary>The secret itself: only in Development, where `Invitations__AnswerWithToken` allows it; else null.</summary>
    /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
    public required string? Token { get; init; }

    /// <summary>When it stops working.</summary>
    /// <example>2026-12-05T09:30:00Z</example>
    public required DateTimeOffset ExpiresAt { get; init; }
}
