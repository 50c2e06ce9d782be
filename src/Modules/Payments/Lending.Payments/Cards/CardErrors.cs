using Lending.Kernel;

namespace Lending.Payments.Cards;

/// <summary>The ways in which requests about payments by card can fail.</summary>
internal static class CardErrors
{
    public static readonly Error NotSetUp = Error.Conflict(
        "no-card-provider",
        "Nobody has said yet who takes money from cards: the setting Cards__Stripe__ApiKey."
    );

    public static readonly Error OtherCurrency = Error.Validation("other-currency", "The loan account has another currency.", "currency");

    public static readonly Error NotChargeable = Error.Validation(
        "amount-not-chargeable",
        "Cards are charged up to 999,999.99 in whole minor units, and not in every currency.",
        "amount"
    );

    public static readonly Error RequestIdTaken = Error.Conflict(
        "request-id-taken",
        "There is another request with this id. Send the same request again with its id, or a new one with a new id.",
        "requestId"
    );

    public static readonly Error Abandoned = Error.Conflict(
        "card-payment-abandoned",
        "It was asked for a day ago, and nobody knows what the provider made of it. Make a new one with a new id; the old one cannot be paid.",
        "requestId"
    );

    public static readonly Error NotPaid = Error.Conflict("card-payment-not-paid", "Only what was paid can be given back.");

    public static readonly Error RefundExceedsPayment = Error.Conflict("refund-exceeds-payment", "More would go back than came.", "amount");

    public static readonly Error RefundRefused = Error.Conflict(
        "refund-refused",
        "The provider has refused this refund. Ask for another one with a new id.",
        "requestId"
    );

    public static readonly Error NotSigned = Error.Validation(
        "invalid-signature",
        "The body is not signed by the provider, or was signed too long ago."
    );
}
