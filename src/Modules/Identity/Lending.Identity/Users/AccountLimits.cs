using System.Text.RegularExpressions;
using FluentValidation;

namespace Lending.Identity.Users;

/// <summary>What user names and e-mails look like, for validators and columns.</summary>
internal static partial class AccountLimits
{
    public const int MinimumUsernameLength = 3;
    public const int MaximumUsernameLength = 50;

    public const string UsernameRule =
        "Use 3 to 50 letters a to z, digits, dots, hyphens and underscores; begin and end with a letter or digit.";

    /// <summary>An e-mail can have an account in several organisations; so many are looked at, which bounds what one request costs.</summary>
    public const int MostAccountsOfAnEmail = 5;

    /// <summary>The longest address that mail can be sent to (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaximumEmailLength = 254;

    public static bool IsUsername(string? text) =>
        text is { Length: >= MinimumUsernameLength and <= MaximumUsernameLength } && UsernamePattern().IsMatch(text);

    public static bool IsEmail(string? text) => text is { Length: <= MaximumEmailLength } && EmailPattern().IsMatch(text);

    /// <summary>A user name; it has no @, so it cannot be taken for an e-mail, and no letters that look like others.</summary>
    public static IRuleBuilderOptions<T, string> Username<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .Length(MinimumUsernameLength, MaximumUsernameLength)
            .Must(IsUsername)
            .WithErrorCode("invalid-username")
            .WithMessage(UsernameRule);

    /// <summary>An e-mail address.</summary>
    public static IRuleBuilderOptions<T, string> Email<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .MaximumLength(MaximumEmailLength)
            .Must(IsEmail)
            .WithErrorCode("invalid-email")
            .WithMessage("This is not an e-mail address.");

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsernamePattern();

    [GeneratedRegex(@"^[^\s\p{C}@]+@[^\s\p{C}@.]+(\.[^\s\p{C}@.]+)+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailPattern();
}
