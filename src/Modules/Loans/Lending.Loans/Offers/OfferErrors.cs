using Lending.Kernel;

namespace Lending.Loans.Offers;

/// <summary>The ways in which requests about offers can fail.</summary>
internal static class OfferErrors
{
    public static readonly Error NotPending = new(
        ErrorKind.Conflict,
        "offer-not-pending",
        "The loan offer is not pending any more: it can no longer be changed, deleted, approved or rejected."
    );

    public static readonly Error NotApproved = new(
        ErrorKind.Conflict,
        "offer-not-approved",
        "The loan offer is not approved: only approved ones can be disbursed, once."
    );

    public static readonly Error UnknownCustomer = new(ErrorKind.Validation, "unknown-customer", "There is no such customer.")
    {
        Field = "customerId",
    };

    public static readonly Error AmountScale = new(
        ErrorKind.Validation,
        "amount-scale",
        "The amount has more decimals than the currency: EUR has two, JPY none, KWD three."
    )
    {
        Field = "loanAmount",
    };

    public static readonly Error CustomerHasOffers = new(
        ErrorKind.Conflict,
        "customer-has-offers",
        "The customer has loan offers and can only be deleted without them."
    );
}
