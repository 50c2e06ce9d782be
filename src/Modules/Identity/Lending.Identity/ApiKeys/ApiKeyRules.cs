using FluentValidation;
using Lending.Kernel;
using Lending.Platform.Http;

namespace Lending.Identity.ApiKeys;

/// <summary>What the requests that set something of a key have in common.</summary>
internal static class ApiKeyRules
{
    private const int MaximumScopes = 50;

    public static IRuleBuilderOptions<T, string?> ApiKeyName<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .MaximumLength(ApiKey.MaximumNameLength)
            // The name stands in histories and logs like a user's.
            .MustBeOneLine();

    public static IRuleBuilderOptions<T, IReadOnlyList<string>> ApiKeyScopes<T>(this IRuleBuilderInitial<T, IReadOnlyList<string>> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .Must(scopes => scopes.Count <= MaximumScopes && scopes.All(scope => scope is not null))
            .WithErrorCode("invalid-scopes")
            .WithMessage("Name the permissions of the key, each once.");

    /// <summary>What is wrong with the end of a key that was created at this time; null if nothing is. Validators have no clock.</summary>
    public static Error? CheckExpiry(DateTimeOffset expiresAt, DateTimeOffset createdAt, DateTimeOffset now)
    {
        if (expiresAt <= now)
        {
            return Error.Validation("expires-in-the-past", "The key would have expired already.", "expiresAt");
        }
        return expiresAt > createdAt + ApiKey.MaximumLifetime
            ? Error.Validation("expires-too-late", "A key works for two years at most.", "expiresAt")
            : null;
    }
}
