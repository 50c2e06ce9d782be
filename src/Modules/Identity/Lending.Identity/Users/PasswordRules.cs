using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using Lending.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity.Users;

/// <summary>What a password must be. Length beats character classes (NIST SP 800-63B), so there are none.</summary>
internal sealed partial class PasswordRules : IPasswordValidator<User>
{
    public const int MinimumLength = 12;

    /// <summary>Longer ones would only cost time to hash.</summary>
    public const int MaximumLength = 128;

    // Shorter names are part of too many good passwords by chance.
    private const int ShortestComparedName = 4;

    private static readonly Error TooShort = Rule("password-too-short", "Use at least 12 characters.");
    private static readonly Error TooLong = Rule("password-too-long", "Use at most 128 characters.");
    private static readonly Error AllDigits = Rule("password-all-digits", "Do not use digits alone.");
    private static readonly Error TooCommon = Rule("password-too-common", "This password, or what it is made from, is often used.");
    private static readonly Error Similar = Rule("password-similar", "Do not use your user name or e-mail in the password.");

    /// <summary>Every rule that the password breaks.</summary>
    public static IReadOnlyList<Error> Check(string password, string? username, string? email)
    {
        var broken = new List<Error>();
        if (password.Length < MinimumLength)
        {
            broken.Add(TooShort);
        }
        if (password.Length > MaximumLength)
        {
            return [TooLong];
        }
        if (password.All(char.IsDigit))
        {
            broken.Add(AllDigits);
        }
        if (CommonPasswords.Contains(password))
        {
            broken.Add(TooCommon);
        }
        if (IsSimilar(password, username) || IsSimilar(password, email?.Split('@')[0]))
        {
            broken.Add(Similar);
        }
        return broken;
    }

    /// <summary>The last line of defence: no password gets past <see cref="UserManager{TUser}"/> that breaks a rule.</summary>
    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        var broken = Check(password ?? "", user.UserName, user.Email);
        return Task.FromResult(
            broken.Count == 0
                ? IdentityResult.Success
                : IdentityResult.Failed([.. broken.Select(error => new IdentityError { Code = error.Code, Description = error.Message })])
        );
    }

    // Compares with the whole name and with its parts: max.muster, max and muster.
    private static bool IsSimilar(string password, string? name)
    {
        var folded = Letters(password);
        return folded.Length >= ShortestComparedName
            && Separators()
                .Split(name ?? "")
                .Append(name ?? "")
                .Select(Letters)
                .Where(part => part.Length >= ShortestComparedName)
                .Any(part => folded.Contains(part, StringComparison.Ordinal) || part.Contains(folded, StringComparison.Ordinal));
    }

    private static string Letters(string text) => Separators().Replace(CommonPasswords.Fold(text), "");

    private static Error Rule(string code, string message) => Error.Validation(code, message, "password");

    [GeneratedRegex(@"[^\p{L}\p{N}]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();
}

/// <summary>The password rules for validators of requests.</summary>
internal static class PasswordRuleExtensions
{
    /// <summary>A new password, typed twice, that is not like the user's name or e-mail.</summary>
    public static void NewPassword<T>(
        this AbstractValidator<T> validator,
        Func<T, string?> password,
        Func<T, string?> confirmation,
        Func<T, string?> username,
        Func<T, string?> email
    ) =>
        validator
            .RuleFor(request => request)
            .Custom(
                (request, context) =>
                {
                    if (string.IsNullOrEmpty(password(request)))
                    {
                        Fail(context, "password", "not-empty", "A password is needed.");
                    }
                    else
                    {
                        foreach (var error in PasswordRules.Check(password(request)!, username(request), email(request)))
                        {
                            Fail(context, error.Field!, error.Code, error.Message);
                        }
                    }
                    if (password(request) != confirmation(request))
                    {
                        Fail(context, "passwordConfirm", "passwords-differ", "The two passwords differ.");
                    }
                }
            );

    private static void Fail<T>(ValidationContext<T> context, string field, string code, string message) =>
        context.AddFailure(new ValidationFailure(field, message) { ErrorCode = code });
}
