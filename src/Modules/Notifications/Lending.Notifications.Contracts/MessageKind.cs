namespace Lending.Notifications.Contracts;

/// <summary>What a message says. Each kind has a template in each language.</summary>
public enum MessageKind
{
    /// <summary>Set the password of your new staff account.</summary>
    StaffInvitation,

    /// <summary>Set the password of your account as a customer.</summary>
    CustomerInvitation,

    /// <summary>Read and answer an offer.</summary>
    OfferLink,

    /// <summary>Confirm that this e-mail is yours.</summary>
    EmailConfirmation,

    /// <summary>Somebody tried to sign up with your e-mail.</summary>
    AccountExists,

    /// <summary>Choose a new password.</summary>
    PasswordReset,

    /// <summary>Your password was changed.</summary>
    PasswordChanged,

    /// <summary>Confirm your new e-mail.</summary>
    EmailChange,

    /// <summary>Your e-mail was changed.</summary>
    EmailChanged,

    /// <summary>Somebody logged in on a new device.</summary>
    NewDevice,

    /// <summary>Send documents.</summary>
    DocumentsRequested,

    /// <summary>The pre-contractual information of an offer, as a file.</summary>
    PreContractualInformation,

    /// <summary>Where the pre-contractual information of an offer is.</summary>
    PreContractualInformationLink,

    /// <summary>You can still withdraw from the offer that you accepted.</summary>
    WithdrawalReminder,

    /// <summary>Pay what is overdue.</summary>
    Dunning,

    /// <summary>Your application for a loan was refused.</summary>
    ApplicationDeclined,

    /// <summary>The code with which you answer an offer.</summary>
    OfferCode,

    /// <summary>Your withdrawal has arrived.</summary>
    WithdrawalReceipt,

    /// <summary>Money will be collected from your account.</summary>
    DirectDebitNotice,

    /// <summary>The code with which you open your pages.</summary>
    CustomerCode,
}
