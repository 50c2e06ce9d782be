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
    private static readonly Guid ExampleId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11");

    /// <summary>What is sent to try a webhook out; nobody asks for it by name.</summary>
    public static readonly EventType Test = new(
        "webhook.test",
        "Somebody tried the webhook out.",
        new TestEventData { WebhookId = ExampleId }
    );

    /// <summary>What a webhook can ask for.</summary>
    public static readonly IReadOnlyList<EventType> All =
    [
        Offer<LoanOfferCreated>("offer.created", "An offer was made."),
        Offer<LoanOfferApproved>("offer.approved", "The organisation approved an offer: the customer may accept it."),
        Offer<LoanOfferRejected>("offer.rejected", "The organisation rejected an offer."),
        Offer<LoanOfferAccepted>("offer.accepted", "The customer accepted an offer."),
        Offer<LoanOfferDeclined>("offer.declined", "The customer declined an offer."),
        Offer<LoanOfferExpired>("offer.expired", "Nobody accepted an offer while it was valid."),
        Offer<LoanOfferCancelled>("offer.cancelled", "The organisation took an offer back before it was accepted."),
        Offer<LoanOfferWithdrawn>("offer.withdrawn", "The customer withdrew from an offer that they had accepted."),
        Offer<LoanOfferDisbursed>("offer.disbursed", "A loan was paid out."),
        Offer<LoanOfferWithdrawalPeriodEnded>(
            "offer.withdrawal-period-ended",
            "The customer can no longer withdraw from an offer that they accepted."
        ),
        new(
            "document.approved",
            "The organisation approved a document of a customer.",
            new DocumentEventData
            {
                DocumentId = ExampleId,
                CustomerId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12"),
                Kind = "PAYSLIP",
                UserId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13"),
            }
        )
        {
            Contract = typeof(DocumentApproved),
            DataOf = happened => DocumentEventData.Of((DocumentApproved)happened),
        },
        Loan<LoanDisbursed>("loan.disbursed", "A loan, or a tranche of it, was paid out."),
        new("loan.instalment-due", "The day of an instalment came, and something of it is unpaid.", InstalmentDueData.Example)
        {
            Contract = typeof(LoanInstalmentDue),
            DataOf = happened => InstalmentDueData.Of((LoanInstalmentDue)happened),
        },
        Loan<LoanPaymentReceived>("loan.payment-received", "Money came in for a loan."),
        Loan<LoanPaymentReturned>("loan.payment-returned", "The bank took a payment back, wholly or in part."),
        Loan<LoanEventReversed>("loan.event-reversed", "What was recorded of a loan turned out wrong, and counts no longer."),
        new("loan.arrears-changed", "A borrower is late by another range of days than before.", ArrearsChangedData.Example)
        {
            Contract = typeof(LoanArrearsChanged),
            DataOf = happened => ArrearsChangedData.Of((LoanArrearsChanged)happened),
        },
        Loan<LoanCalledDue>("loan.called-due", "A whole loan was called due."),
        Loan<LoanSettled>("loan.settled", "Nothing is owed of a loan any more. What comes back later, or is reversed, opens it again."),
        Application<ApplicationSubmitted>("application.submitted", "An application for a loan was submitted."),
        Application<DecisionMade>("application.decided", "An application was decided on, or a person has to decide."),
        Application<ReviewRequested>("application.review-requested", "The customer asked that a person looks at a refusal."),
        new(
            "disclosure.issued",
            "A customer was given the pre-contractual information of an offer.",
            new DisclosureEventData
            {
                DisclosureId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b14"),
                OfferId = ExampleId,
                CustomerId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12"),
                UserId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13"),
            }
        )
        {
            Contract = typeof(DisclosureIssued),
            DataOf = happened => DisclosureEventData.Of((DisclosureIssued)happened),
        },
    ];

    private static readonly Dictionary<Type, EventType> ByContract = All.ToDictionary(type => type.Contract!);

    private static readonly HashSet<string> Names = All.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a webhook can ask for it.</summary>
    public static bool Has(string name) => Names.Contains(name);

    /// <summary>The type that tells of this event.</summary>
    public static EventType Of(IEvent happened) => ByContract[happened.GetType()];

    private static EventType Loan<T>(string name, string summary)
        where T : LoanAccountEvent =>
        new(name, summary, LoanEventData.Example)
        {
            Contract = typeof(T),
            DataOf = happened => LoanEventData.Of((LoanAccountEvent)happened),
        };

    private static EventType Application<T>(string name, string summary)
        where T : ApplicationEvent =>
        new(
            name,
            summary,
            new ApplicationEventData
            {
                ApplicationId = ExampleId,
                CustomerId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12"),
                UserId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13"),
                Status = typeof(T) == typeof(DecisionMade) ? "APPROVED" : null,
            }
        )
        {
            Contract = typeof(T),
            DataOf = happened => ApplicationEventData.Of((ApplicationEvent)happened),
        };

    private static EventType Offer<T>(string name, string summary)
        where T : LoanOfferEvent =>
        new(
            name,
            summary,
            new OfferEventData
            {
                OfferId = ExampleId,
                CustomerId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b12"),
                UserId = Guid.Parse("0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b13"),
            }
        )
        {
            Contract = typeof(T),
            DataOf = happened => OfferEventData.Of((LoanOfferEvent)happened),
        };
}
