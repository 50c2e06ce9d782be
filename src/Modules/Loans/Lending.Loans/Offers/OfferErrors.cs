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

    public static readonly Error NotOpen = new(
        ErrorKind.Conflict,
        "offer-not-open",
        "The loan offer is neither pending nor approved: it can no longer be cancelled."
    );

    public static readonly Error NotApproved = new(
        ErrorKind.Conflict,
        "offer-not-approved",
        "The loan offer is not approved: only approved ones can be accepted or declined, once."
    );

    public static readonly Error Expired = new(
        ErrorKind.Conflict,
        "offer-expired",
        "The loan offer was valid until validUntil: it can no longer be accepted or declined."
    );

    public static readonly Error VersionOutdated = new(
        ErrorKind.Conflict,
        "offer-version-outdated",
        "This is not the present version of the loan offer. Read it again: version and documentHash have to be those that it has now."
    );

    public static readonly Error NotAccepted = new(
        ErrorKind.Conflict,
        "offer-not-accepted",
        "The loan offer is not accepted: only accepted ones can be disbursed or withdrawn from, once."
    );

    public static readonly Error WithdrawalPeriodOver = new(
        ErrorKind.Conflict,
        "withdrawal-period-over",
        "The withdrawal period of 14 days is over."
    );

    public static readonly Error SecondPersonRequired = new(
        ErrorKind.Forbidden,
        "second-person-required",
        "An offer of this amount is approved by somebody else than who made it or last changed its terms."
    );

    public static readonly Error UnderwriterRequired = new(
        ErrorKind.Forbidden,
        "underwriter-required",
        "An offer of this amount is approved by an underwriter."
    );

    public static readonly Error Unauthenticated = new(
        ErrorKind.Unauthenticated,
        "unauthenticated",
        "Log in as the customer, or send the linkToken that you were given."
    );

    public static readonly Error NotTheCustomer = new(
        ErrorKind.Forbidden,
        "forbidden",
        "Only the customer may do this: logged in, or with the linkToken that they were given."
    );

    public static readonly Error InternalComment = new(
        ErrorKind.Forbidden,
        "internal-comment",
        "Internal comments are for the organisation's own people."
    );

    public static readonly Error TooManyVersions = new(
        ErrorKind.Conflict,
        "too-many-versions",
        "The loan offer has as many versions as there can be. Cancel it, and make a new one."
    );

    public static readonly Error UnknownCustomer = new(
        ErrorKind.Validation,
        "unknown-customer",
        "There is no such customer.",
        "customerId"
    );

    public static readonly Error RateNotOfProduct = new(
        ErrorKind.Validation,
        "rate-not-of-product",
        "The product has another annual rate for this amount and term. Leave the rate out.",
        "annualRatePercent"
    );

    public static readonly Error CustomerHasOffers = new(
        ErrorKind.Conflict,
        "customer-has-offers",
        "The customer has loan offers and can only be deleted without them."
    );
}
