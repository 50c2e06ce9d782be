using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Notifications.Tests.Delivery;

/// <summary>Messages of each kind.</summary>
internal static class MessageSamples
{
    public static readonly DateTimeOffset Soon = new(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly PageLink Page = new(Unique.Id(), "the-token");

    public static readonly List<Message> OneOfEachKind =
    [
        Message.StaffInvitation("a@example.org", "erika", "the-token", Soon),
        Message.CustomerInvitation("a@example.org", Unique.Id(), "Greta Sommer", "the-token", Soon),
        Message.OfferLink("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), "the-token", Soon),
        Message.EmailConfirmation("a@example.org", "the-token", Soon),
        Message.AccountExists("a@example.org"),
        Message.PasswordReset("a@example.org", "erika", "the-token", Soon),
        Message.PasswordChanged("a@example.org", "erika"),
        Message.EmailChange("a@example.org", "erika", "the-token", Soon),
        Message.EmailChanged("a@example.org", "erika", "new@example.org"),
        Message.NewDevice("a@example.org", "erika", "Firefox on Linux", "192.0.2.1"),
        Message.DocumentsRequested("a@example.org", Unique.Id(), "Greta Sommer", "PAYSLIP", 2, "Those of September and October.", Page),
        Message.PreContractualInformation("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), new("form.pdf", [1, 2, 3])),
        Message.PreContractualInformationLink("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id()),
        Message.WithdrawalReminder("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), Soon),
        Message.Dunning("a@example.org", Unique.Id(), "Reminder", "Dear Greta Sommer,", "please pay.", "It bears interest.", "Talk to us."),
        Message.ApplicationDeclined(
            "a@example.org",
            Unique.Id(),
            "Greta Sommer",
            reasons: "Too little would be left.",
            how: "Fixed rules have decided.",
            bureau: "Nobody was asked.",
            rights: "You can demand a review.",
            debtAdvice: "Advice centres help.",
            Page
        ),
        Message.OfferCode("a@example.org", Unique.Id(), "Greta Sommer", "012345", Soon),
        Message.WithdrawalReceipt("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), "2026-11-30 14:05:01 -01:00"),
        Message.DirectDebitNotice(
            "a@example.org",
            Unique.Id(),
            "Greta Sommer",
            amount: "86.07 EUR",
            day: "16 June 2026",
            account: "DE89...3000",
            mandate: "MD0123456789ABCD",
            creditor: "DE98ZZZ09999999999"
        ),
        Message.WebhookPaused("a@example.org", Unique.Id(), "erika", Unique.Id(), "erp.example.org", isGone: true),
        Message.AcceptanceReceipt("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), new("receipt.pdf", [1, 2, 3])),
        OfOffer(MessageKind.OfferApproved),
        OfOffer(MessageKind.OfferRejected),
        OfOffer(MessageKind.OfferExpired),
        OfOffer(MessageKind.OfferCancelled),
        OfOffer(MessageKind.OfferDisbursed),
        Message.OfferNews("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), "ACCEPTED"),
        OfApplication(MessageKind.ApplicationReceived),
        OfApplication(MessageKind.ApplicationInReview),
        OfApplication(MessageKind.ApplicationApproved),
        Message.ApplicationConditional("a@example.org", Unique.Id(), "Greta Sommer", Unique.Id(), ["Two payslips", "A guarantor"]),
        OfApplication(MessageKind.ApplicationReviewRequested),
        OfApplication(MessageKind.ApplicationWithdrawn),
        OfApplication(MessageKind.ApplicationExpired),
        Message.DocumentApproved("a@example.org", Unique.Id(), "Greta Sommer", "payslip.pdf"),
        DocumentRefused(MessageKind.DocumentRevision, "ILLEGIBLE", "The lower half is cut off."),
        DocumentRefused(MessageKind.DocumentRejected, "NOT_GENUINE", "Bring the original."),
        Message.CustomerCode("a@example.org", Unique.Id(), "Greta Sommer", "012345", Soon),
    ];

    public static Message OfOffer(MessageKind kind) => Message.OfOffer(kind, "a@example.org", Unique.Id(), "Greta Sommer", Unique.Id());

    public static Message OfApplication(MessageKind kind) =>
        Message.OfApplication(kind, "a@example.org", Unique.Id(), "Greta Sommer", Unique.Id());

    public static Message DocumentRefused(MessageKind kind, string reason, string? comment) =>
        Message.DocumentRefused(kind, "a@example.org", Unique.Id(), "Greta Sommer", "payslip.pdf", reason, comment);
}
