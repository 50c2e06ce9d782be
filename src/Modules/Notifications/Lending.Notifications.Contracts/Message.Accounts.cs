namespace Lending.Notifications.Contracts;

/// <content>What concerns accounts.</content>
public sealed partial record Message
{
    /// <summary>Invites somebody to set the password of their new staff account.</summary>
    public static Message StaffInvitation(string recipient, string username, string token, DateTimeOffset expiresAt) =>
        new(MessageKind.StaffInvitation, recipient, Named(("username", username), ("token", token))) { ExpiresAt = expiresAt };

    /// <summary>Invites a customer to set the password of their account.</summary>
    public static Message CustomerInvitation(string recipient, Guid customerId, string name, string token, DateTimeOffset expiresAt) =>
        new(MessageKind.CustomerInvitation, recipient, Named(("name", name), ("token", token)))
        {
            CustomerId = customerId,
            ExpiresAt = expiresAt,
        };

    /// <summary>Asks who signed up to confirm that the e-mail is theirs.</summary>
    public static Message EmailConfirmation(string recipient, string token, DateTimeOffset expiresAt) =>
        new(MessageKind.EmailConfirmation, recipient, Named(("token", token))) { ExpiresAt = expiresAt };

    /// <summary>Tells the owner of an account that somebody tried to sign up with their e-mail.</summary>
    public static Message AccountExists(string recipient) => new(MessageKind.AccountExists, recipient, Named());

    /// <summary>Lets somebody choose a new password.</summary>
    public static Message PasswordReset(string recipient, string username, string token, DateTimeOffset expiresAt) =>
        new(MessageKind.PasswordReset, recipient, Named(("username", username), ("token", token))) { ExpiresAt = expiresAt };

    /// <summary>Tells that the password was changed.</summary>
    public static Message PasswordChanged(string recipient, string username) =>
        new(MessageKind.PasswordChanged, recipient, Named(("username", username)));

    /// <summary>Asks at the new address whether it is right.</summary>
    public static Message EmailChange(string recipient, string username, string token, DateTimeOffset expiresAt) =>
        new(MessageKind.EmailChange, recipient, Named(("username", username), ("token", token))) { ExpiresAt = expiresAt };

    /// <summary>Tells an address, the old or the new one, that the e-mail of an account was changed.</summary>
    public static Message EmailChanged(string recipient, string username, string newEmail) =>
        new(MessageKind.EmailChanged, recipient, Named(("username", username), ("newEmail", newEmail)));

    /// <summary>Tells that somebody logged in on a device that was not seen before.</summary>
    public static Message NewDevice(string recipient, string username, string device, string address) =>
        new(MessageKind.NewDevice, recipient, Named(("username", username), ("device", device), ("address", address)));
}
