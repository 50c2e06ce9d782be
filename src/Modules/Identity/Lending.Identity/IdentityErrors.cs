using Lending.Identity.Users;
using Lending.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity;

/// <summary>The ways in which this module's slices fail.</summary>
internal static class IdentityErrors
{
    /// <summary>One answer for every reason, so that nobody learns which accounts exist.</summary>
    public static readonly Error InvalidCredentials = new(
        ErrorKind.Unauthenticated,
        "invalid-credentials",
        "There is no active account with this user name or e-mail and this password, or too many attempts failed lately."
    );

    public static readonly Error InvalidRefreshToken = new(
        ErrorKind.Unauthenticated,
        "invalid-refresh-token",
        "The session has ended. Log in again."
    );

    public static readonly Error UsernameTaken = new(ErrorKind.Conflict, "username-taken", "This user name is taken.", "username");

    public static readonly Error InvalidUsername = new(ErrorKind.Validation, "invalid-username", AccountLimits.UsernameRule, "username");

    public static readonly Error EmailTaken = new(
        ErrorKind.Conflict,
        "email-taken",
        "The organisation has a user with this e-mail.",
        "email"
    );

    public static readonly Error AccountEmailTaken = new(
        ErrorKind.Conflict,
        "account-email-taken",
        "The organisation has a user account with this e-mail.",
        "email"
    );

    public static readonly Error CustomerHasAccount = new(ErrorKind.Conflict, "customer-has-account", "The customer has an account.");

    public static readonly Error WrongPassword = new(
        ErrorKind.Validation,
        "wrong-password",
        "This is not your present password.",
        "currentPassword"
    );

    public static readonly Error InvalidInvitation = new(
        ErrorKind.Validation,
        "invalid-invitation",
        "The invitation is not valid, was used, or has expired.",
        "token"
    );

    public static readonly Error OwnAccount = new(
        ErrorKind.Conflict,
        "own-account",
        "You cannot deactivate yourself or change your own role."
    );

    public static readonly Error CustomerAccount = new(
        ErrorKind.Conflict,
        "customer-account",
        "The account belongs to a customer, who cannot become staff.",
        "role"
    );

    public static readonly Error UnknownOrganization = new(
        ErrorKind.Validation,
        "unknown-organization",
        "There is no organisation with this id.",
        "organizationId"
    );

    /// <summary>Which tier it is stands in the field.</summary>
    public static readonly Error AmountScale = new(
        ErrorKind.Validation,
        "amount-scale",
        "The amount has more decimals than the organisation's currency."
    );

    public static readonly Error OtherOrganization = new(
        ErrorKind.Forbidden,
        "other-organization",
        "Your role permits this in your own organisation only."
    );

    /// <summary>What <see cref="UserManager{TUser}"/> refused; empty when it succeeded.</summary>
    public static IReadOnlyList<Error> ToErrors(this IdentityResult result) =>
        [.. result.Errors.Select(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName) ? UsernameTaken : Rule(error))];

    // Everything else was validated before, so only the password rules can have failed.
    private static Error Rule(IdentityError error) => new(ErrorKind.Validation, error.Code, error.Description, "password");
}
