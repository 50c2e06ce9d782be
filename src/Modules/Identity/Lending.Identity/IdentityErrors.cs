using Lending.Identity.Users;
using Lending.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Lending.Identity;

/// <summary>The ways in which this module's slices fail.</summary>
internal static class IdentityErrors
{
    /// <summary>One answer for every reason, so that nobody learns which accounts exist.</summary>
    public static readonly Error InvalidCredentials = Error.Unauthenticated(
        "invalid-credentials",
        "There is no active account with this user name or e-mail and this password, or too many attempts failed lately."
    );

    public static readonly Error ClockTooFar = Error.Validation(
        "clock-too-far",
        "A sandbox's clock can be ten years ahead of the real time, and no more.",
        "now"
    );

    public static readonly Error ClockGoesForwards = Error.Conflict(
        "clock-goes-forwards",
        "A sandbox's clock only goes forwards, and it is that time or later there already.",
        "now"
    );

    public static readonly Error InvalidRefreshToken = Error.Unauthenticated(
        "invalid-refresh-token",
        "The session has ended. Log in again."
    );

    public static readonly Error InvalidChallenge = Error.Unauthenticated(
        "invalid-challenge",
        "The challenge is unknown, was used, has expired, or has no try left. Log in again."
    );

    public static readonly Error WrongSecondFactorAtLogin = Error.Unauthenticated(
        "wrong-second-factor",
        "This second factor is wrong or was used, or too many attempts failed lately."
    );

    public static readonly Error WrongSecondFactor = Error.Validation(
        "wrong-second-factor",
        "This second factor is wrong or was used, or too many attempts failed lately."
    );

    public static readonly Error InvalidPasskey = Error.Validation(
        "invalid-passkey",
        "The passkey's answer does not fit the challenge, which may have expired."
    );

    public static readonly Error TooManyPasskeys = Error.Conflict("too-many-passkeys", "You have ten passkeys. Delete one first.");

    public static readonly Error PasskeyRegistered = Error.Conflict("passkey-registered", "This passkey is registered already.");

    public static readonly Error TotpActive = Error.Conflict("totp-active", "You have an authenticator app. Delete it first.");

    public static readonly Error TotpNotStarted = Error.Conflict("totp-not-started", "There is no authenticator app to confirm.");

    public static readonly Error NoSecondFactor = Error.Conflict("no-second-factor", "You have no second factor.");

    public static readonly Error UsernameTaken = Error.Conflict("username-taken", "This user name is taken.", "username");

    public static readonly Error InvalidUsername = Error.Validation("invalid-username", AccountLimits.UsernameRule, "username");

    public static readonly Error EmailTaken = Error.Conflict("email-taken", "The organisation has a user with this e-mail.", "email");

    public static readonly Error AccountEmailTaken = Error.Conflict(
        "account-email-taken",
        "The organisation has a user account with this e-mail.",
        "email"
    );

    public static readonly Error CustomerHasAccount = Error.Conflict("customer-has-account", "The customer has an account.");

    public static readonly Error WrongPassword = Error.Validation(
        "wrong-password",
        "This is not your present password.",
        "currentPassword"
    );

    public static readonly Error InvalidInvitation = Error.Validation(
        "invalid-invitation",
        "The invitation is not valid, was used, or has expired.",
        "token"
    );

    public static readonly Error OrganizationSuspended = Error.Forbidden(
        "organization-suspended",
        "Your organisation is suspended. Its administrators know why."
    );

    public static readonly Error AddressNotAllowed = Error.Forbidden(
        "address-not-allowed",
        "Your organisation does not let its staff in from this address."
    );

    /// <summary>Whoever set them would not get in again to mend it.</summary>
    public static readonly Error OwnAddressMissing = Error.Validation(
        "own-address-missing",
        "The ranges do not contain the address that you are at.",
        "allowedAddresses"
    );

    public static readonly Error PlatformSetting = Error.Forbidden(
        "platform-setting",
        "Only the platform's administrators change name, country and currency."
    );

    public static readonly Error PlatformOrganization = Error.Conflict(
        "platform-organization",
        "The platform's own organisation cannot be suspended."
    );

    public static readonly Error InstallersMayNotInvite = Error.Forbidden(
        "installers-may-not-invite",
        "In your organisation, only administrators make installers."
    );

    public static readonly Error GroupNameTaken = Error.Conflict(
        "group-name-taken",
        "The organisation has a permission group of this name.",
        "name"
    );

    public static readonly Error GroupInUse = Error.Conflict("group-in-use", "There are users in this permission group.");

    public static readonly Error UnknownGroup = Error.Validation(
        "unknown-permission-group",
        "The user's organisation has no permission group with this id.",
        "permissionGroupId"
    );

    public static readonly Error NoGroupForRole = Error.Validation(
        "no-group-for-role",
        "Only installers and underwriters are in permission groups.",
        "permissionGroupId"
    );

    public static readonly Error ApiKeyRevoked = Error.Conflict("api-key-revoked", "The key was revoked. Create another one.");

    public static readonly Error InvalidToken = Error.Validation("invalid-token", "This is not valid, was used, or has expired.", "token");

    public static readonly Error AccountHasPassword = Error.Conflict("account-has-password", "The user has set a password already.");

    public static readonly Error SelfRegistrationDisabled = Error.Forbidden(
        "self-registration-disabled",
        "Nobody can sign up here by themselves. Ask your installer or administrator for an invitation."
    );

    public static readonly Error OwnAccount = Error.Conflict("own-account", "You cannot deactivate yourself or change your own role.");

    public static readonly Error LastAdministrator = Error.Conflict(
        "last-administrator",
        "The organisation would have no active administrator. Make somebody else one before."
    );

    public static readonly Error CustomerAccount = Error.Conflict(
        "customer-account",
        "The account belongs to a customer, who cannot become staff.",
        "role"
    );

    public static readonly Error UnknownOrganization = Error.Validation(
        "unknown-organization",
        "There is no organisation with this id.",
        "organizationId"
    );

    /// <summary>Which tier it is stands in the field.</summary>
    public static readonly Error AmountScale = Error.Validation(
        "amount-scale",
        "The amount has more decimals than the organisation's currency."
    );

    public static readonly Error ProposalOpen = Error.Conflict(
        "proposal-open",
        "There is a change of the approval tiers that nobody has decided on yet. Have it confirmed or rejected first."
    );

    public static readonly Error OwnProposal = Error.Conflict(
        "own-proposal",
        "You proposed this change: another administrator of the organisation or one of the platform confirms it."
    );

    public static readonly Error ProposalDecided = Error.Conflict(
        "proposal-decided",
        "The change was confirmed, rejected or taken back already."
    );

    public static readonly Error ValidFromPast = Error.Validation("valid-from-past", "Nothing comes into force in the past.", "validFrom");

    public static readonly Error OtherOrganization = Error.Forbidden(
        "other-organization",
        "Your role permits this in your own organisation only."
    );

    /// <summary>What <see cref="UserManager{TUser}"/> refused; empty when it succeeded.</summary>
    public static IReadOnlyList<Error> ToErrors(this IdentityResult result) =>
        [.. result.Errors.Select(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName) ? UsernameTaken : Rule(error))];

    // Everything else was validated before, so only the password rules can have failed.
    private static Error Rule(IdentityError error) => Error.Validation(error.Code, error.Description, "password");
}
