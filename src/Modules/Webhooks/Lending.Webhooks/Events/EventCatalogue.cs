using Lending.Applications.Contracts;
using Lending.Disclosures.Contracts;
using Lending.Documents.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Servicing.Contracts;

namespace Lending.Webhooks.Events;

/// <summary>All types of events. A test fails for an event of a module that is missing here.</summary>
internal static class EventCatalogue
{
    // What events are about, as it could be; static fields that others are made of stand above them.
    private static readonly Guid SubjectId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11");
    private static readonly Guid CustomerId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12");
    private static readonly Guid UserId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13");
    private static readonly Guid RecordId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14");

    private static readonly OfferEventData Offer = new()
    {
        OfferId = SubjectId,
        CustomerId = CustomerId,
        UserId = UserId,
    };

    private static readonly DocumentEventData Document = new()
    {
        DocumentId = SubjectId,
        CustomerId = CustomerId,
        Kind = "PAYSLIP",
        UserId = UserId,
    };

    private static readonly LoanEventData Loan = new()
    {
        LoanAccountId = SubjectId,
        LoanEventId = RecordId,
        RelatedEventId = null,
        UserId = UserId,
    };

    private static readonly InstalmentDueData InstalmentDue = new() { LoanAccountId = SubjectId, DueOn = new DateOnly(2026, 12, 1) };

    private static readonly ArrearsChangedData ArrearsChanged = new()
    {
        LoanAccountId = SubjectId,
        Bucket = "4-30",
        PreviousBucket = "1-3",
    };

    private static readonly ApplicationEventData Application = new()
    {
        ApplicationId = SubjectId,
        CustomerId = CustomerId,
        UserId = UserId,
        Status = null,
    };

    private static readonly ApplicationEventData Decision = Application with { Status = "APPROVED" };

    private static readonly DisclosureEventData Disclosure = new()
    {
        DisclosureId = RecordId,
        OfferId = SubjectId,
        CustomerId = CustomerId,
        UserId = UserId,
    };

    /// <summary>What is sent to try a webhook out; nobody asks for it by name.</summary>
    public static readonly EventType Test = new(
        "webhook.test",
        "Somebody tried the webhook out.",
        new TestEventData { WebhookId = SubjectId }
    );

    /// <summary>What a webhook can ask for.</summary>
    public static readonly IReadOnlyList<EventType> All =
    [
        Of<LoanOfferCreated>("offer.created", "An offer was made.", Offer, OfferEventData.Of),
        Of<LoanOfferApproved>(
            "offer.approved",
            "The organisation approved an offer: the customer may accept it.",
            Offer,
            OfferEventData.Of
        ),
        Of<LoanOfferRejected>("offer.rejected", "The organisation rejected an offer.", Offer, OfferEventData.Of),
        Of<LoanOfferAccepted>("offer.accepted", "The customer accepted an offer.", Offer, OfferEventData.Of),
        Of<LoanOfferDeclined>("offer.declined", "The customer declined an offer.", Offer, OfferEventData.Of),
        Of<LoanOfferExpired>("offer.expired", "Nobody accepted an offer while it was valid.", Offer, OfferEventData.Of),
        Of<LoanOfferCancelled>("offer.cancelled", "The organisation took an offer back before it was accepted.", Offer, OfferEventData.Of),
        Of<LoanOfferWithdrawn>("offer.withdrawn", "The customer withdrew from an offer that they had accepted.", Offer, OfferEventData.Of),
        Of<LoanOfferDisbursed>("offer.disbursed", "A loan was paid out.", Offer, OfferEventData.Of),
        Of<LoanOfferWithdrawalPeriodEnded>(
            "offer.withdrawal-period-ended",
            "The customer can no longer withdraw from an offer that they accepted.",
            Offer,
            OfferEventData.Of
        ),
        Of<DocumentApproved>("document.approved", "The organisation approved a document of a customer.", Document, DocumentEventData.Of),
        Of<LoanDisbursed>("loan.disbursed", "A loan, or a tranche of it, was paid out.", Loan, LoanEventData.Of),
        Of<LoanPayoutSettled>(
            "loan.payout-settled",
            "The bank has sent the money of a payout, or of a credit that goes back.",
            Loan,
            LoanEventData.Of
        ),
        Of<LoanInstalmentDue>(
            "loan.instalment-due",
            "The day of an instalment came, and something of it is unpaid.",
            InstalmentDue,
            InstalmentDueData.Of
        ),
        Of<LoanPaymentReceived>("loan.payment-received", "Money came in for a loan.", Loan, LoanEventData.Of),
        Of<LoanPaymentReturned>("loan.payment-returned", "The bank took a payment back, wholly or in part.", Loan, LoanEventData.Of),
        Of<LoanEventReversed>(
            "loan.event-reversed",
            "What was recorded of a loan turned out wrong, and counts no longer.",
            Loan,
            LoanEventData.Of
        ),
        Of<LoanArrearsChanged>(
            "loan.arrears-changed",
            "A borrower is late by another range of days than before.",
            ArrearsChanged,
            ArrearsChangedData.Of
        ),
        Of<LoanCalledDue>("loan.called-due", "A whole loan was called due.", Loan, LoanEventData.Of),
        Of<LoanSettled>(
            "loan.settled",
            "Nothing is owed of a loan any more. What comes back later, or is reversed, opens it again.",
            Loan,
            LoanEventData.Of
        ),
        Of<ApplicationSubmitted>("application.submitted", "An application for a loan was submitted.", Application, ApplicationEventData.Of),
        Of<DecisionMade>(
            "application.decided",
            "An application was decided on, or a person has to decide.",
            Decision,
            ApplicationEventData.Of
        ),
        Of<ReviewRequested>(
            "application.review-requested",
            "The customer asked that a person looks at a refusal.",
            Application,
            ApplicationEventData.Of
        ),
        Of<DisclosureIssued>(
            "disclosure.issued",
            "A customer was given the pre-contractual information of an offer.",
            Disclosure,
            DisclosureEventData.Of
        ),
    ];

    private static readonly Dictionary<Type, EventType> ByContract = All.ToDictionary(type => type.Contract!);

    private static readonly HashSet<string> Names = All.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a webhook can ask for it.</summary>
    public static bool Has(string name) => Names.Contains(name);

    /// <summary>The type that tells of this event.</summary>
    public static EventType Of(IEvent happened) => ByContract[happened.GetType()];

    private static EventType Of<T>(string name, string summary, object example, Func<T, object> dataOf)
        where T : IEvent => new(name, summary, example) { Contract = typeof(T), DataOf = happened => dataOf((T)happened) };
}
