using Lending.Notifications.Contracts;

namespace Lending.Notifications.Previews;

/// <summary>A made-up message of each kind, to show what people get.</summary>
internal static class SampleMessages
{
    private const string Recipient = "greta.sommer@example.org";
    private const string Name = "Greta Sommer";
    private const string Username = "erika";
    private const string Token = "made-up";
    private static readonly DateTimeOffset Soon = new(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Guid Somebody = new("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12");
    private static readonly Guid Something = new("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13");
    private static readonly PageLink Page = new(Something, Token);

    /// <summary>One of each kind.</summary>
    public static IReadOnlyDictionary<MessageKind, Message> OfEachKind { get; } = Make().ToDictionary(message => message.Kind);

    private static IEnumerable<Message> Make() =>
        [
            Message.StaffInvitation(Recipient, Username, Token, Soon),
            Message.CustomerInvitation(Recipient, Somebody, Name, Token, Soon),
            Message.OfferLink(Recipient, Somebody, Name, Something, Token, Soon),
            Message.EmailConfirmation(Recipient, Token, Soon),
            Message.AccountExists(Recipient),
            Message.PasswordReset(Recipient, Username, Token, Soon),
            Message.PasswordChanged(Recipient, Username),
            Message.EmailChange(Recipient, Username, Token, Soon),
            Message.EmailChanged(Recipient, Username, "new@example.org"),
            Message.NewDevice(Recipient, Username, "Firefox on Linux", "192.0.2.1"),
            Message.DocumentsRequested(Recipient, Somebody, Name, "PAYSLIP", 2, "Those of September and October.", Page),
            Message.PreContractualInformation(Recipient, Somebody, Name, Something, Something, new("form.pdf", [])),
            Message.PreContractualInformationLink(Recipient, Somebody, Name, Something, Page),
            Message.WithdrawalReminder(Recipient, Somebody, Name, Something, Token, Soon),
            Message.Dunning(Recipient, Somebody, "Reminder", "Dear Greta Sommer,", "please pay.", "It bears interest.", "Talk to us."),
            Message.ApplicationDeclined(
                Recipient,
                Somebody,
                Name,
                reasons: "Too little would be left.",
                how: "Fixed rules have decided.",
                bureau: "Nobody was asked.",
                rights: "You can demand a review.",
                debtAdvice: "Advice centres help.",
                Page
            ),
            Message.OfferCode(Recipient, Somebody, Name, "012345", Soon),
            Message.WithdrawalReceipt(Recipient, Somebody, Name, Something, "2026-11-30 14:05:01 -01:00"),
            Message.DirectDebitNotice(
                Recipient,
                Somebody,
                Name,
                amount: "86.07 EUR",
                day: "16 June 2026",
                account: "DE89...3000",
                mandate: "MD0123456789ABCD",
                creditor: "DE98ZZZ09999999999"
            ),
            Message.WebhookPaused(Recipient, Somebody, Username, Something, "erp.example.org", isGone: true),
            Message.AcceptanceReceipt(Recipient, Somebody, Name, Something, new("receipt.pdf", [])),
            OfOffer(MessageKind.OfferApproved),
            OfOffer(MessageKind.OfferRejected),
            OfOffer(MessageKind.OfferExpired),
            OfOffer(MessageKind.OfferCancelled),
            OfOffer(MessageKind.OfferDisbursed),
            Message.OfferNews(Recipient, Somebody, Name, Something, "ACCEPTED"),
            OfApplication(MessageKind.ApplicationReceived),
            OfApplication(MessageKind.ApplicationInReview),
            OfApplication(MessageKind.ApplicationApproved),
            Message.ApplicationConditional(Recipient, Somebody, Name, Something, ["Two payslips", "A guarantor"]),
            OfApplication(MessageKind.ApplicationReviewRequested),
            OfApplication(MessageKind.ApplicationWithdrawn),
            OfApplication(MessageKind.ApplicationExpired),
            Message.DocumentApproved(Recipient, Somebody, Name, "payslip.pdf"),
            DocumentRefused(MessageKind.DocumentRevision, "ILLEGIBLE", "The lower half is cut off.", Page),
            DocumentRefused(MessageKind.DocumentRejected, "NOT_GENUINE", "Bring the original.", page: null),
            Message.CustomerCode(Recipient, Somebody, Name, "012345", Soon),
            Message.ApplicationNews(Recipient, Somebody, Name, Something, "REVIEW_REQUESTED"),
            Message.MessageUndelivered(Recipient, Somebody, Username, Something, "APPLICATION_DECLINED", "bounced 5.1.1"),
        ];

    private static Message OfOffer(MessageKind kind) => Message.OfOffer(kind, Recipient, Somebody, Name, Something);

    private static Message OfApplication(MessageKind kind) => Message.OfApplication(kind, Recipient, Somebody, Name, Something);

    private static Message DocumentRefused(MessageKind kind, string reason, string comment, PageLink? page) =>
        Message.DocumentRefused(kind, Recipient, Somebody, Name, "payslip.pdf", reason, comment, page);
}
