using Lending.Disclosures.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;

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
