using FastEndpoints;
using Lending.Platform.Http;

namespace Lending.Identity.Users;

/// <summary>What users can change of their own account.</summary>
internal sealed record ProfileRequest : IPatchable
{
    /// <summary>The login name: 3 to 50 letters a to z, digits, dots, hyphens and underscores. Unique, whatever the case.</summary>
    /// <example>max.muster</example>
    public required string Username { get; init; } = "";

    /// <summary>The e-mail; one can log in with it too. Another one than before holds when it is confirmed, by the link that is mailed there.</summary>
    /// <example>max@example.org</example>
    public required string Email { get; init; } = "";

    internal sealed class Validator : Validator<ProfileRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Username).Username();
            RuleFor(request => request.Email).Email();
        }
    }
}
