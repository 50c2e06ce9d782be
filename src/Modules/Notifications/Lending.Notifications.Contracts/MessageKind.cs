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

    /// <summary>A webhook of your organisation is told of nothing any more.</summary>
    WebhookPaused,

    /// <summary>You have accepted an offer; the receipt, as a file.</summary>
    AcceptanceReceipt,

    /// <summary>Your offer can be accepted.</summary>
    OfferApproved,

    /// <summary>There will be no loan by this offer.</summary>
    OfferRejected,

    /// <summary>Your offer was not accepted in time.</summary>
    OfferExpired,

    /// <summary>An offer that you could have accepted was taken back.</summary>
    OfferCancelled,

    /// <summary>Your loan was paid out.</summary>
    OfferDisbursed,

    /// <summary>What became of an offer that you made; to staff.</summary>
    OfferNews,

    /// <summary>Your application for a loan has arrived.</summary>
    ApplicationReceived,

    /// <summary>A person looks at your application.</summary>
    ApplicationInReview,

    /// <summary>Your application was approved.</summary>
    ApplicationApproved,

    /// <summary>Your application is approved as soon as you have brought something.</summary>
    ApplicationConditional,

    /// <summary>Your wish that a person looks at a refusal has arrived.</summary>
    ApplicationReviewRequested,

    /// <summary>Your application was withdrawn.</summary>
    ApplicationWithdrawn,

    /// <summary>Your application has expired.</summary>
    ApplicationExpired,

    /// <summary>Your document counts.</summary>
    DocumentApproved,

    /// <summary>Send a document again.</summary>
    DocumentRevision,

    /// <summary>Your document does not count.</summary>
    DocumentRejected,

    /// <summary>The code with which you open your pages.</summary>
    CustomerCode,

    /// <summary>What became of an application that you started, or that waits for somebody to look at it; to staff.</summary>
    ApplicationNews,

    /// <summary>A message that nobody can switch off has not arrived; to staff.</summary>
    MessageUndelivered,
}
