using Lending.Kernel;
using Lending.Platform.Security;

namespace Lending.Loans.Offers;

/// <summary>The ways in which requests about offers can fail.</summary>
internal static class OfferErrors
{
    public static readonly Error NotPending = Error.Conflict(
        "offer-not-pending",
        "The loan offer is not pending any more: it can no longer be changed, deleted, approved or rejected."
    );

    public static readonly Error Seen = Error.Conflict(
        "offer-seen",
        "The customer has seen the loan offer: it can no longer be deleted. Cancel it instead."
    );

    public static readonly Error NotOpen = Error.Conflict(
        "offer-not-open",
        "The loan offer is neither pending nor approved: it can no longer be cancelled."
    );

    public static readonly Error NotApproved = Error.Conflict(
        "offer-not-approved",
        "The loan offer is not approved: only approved ones can be accepted or declined, once."
    );

    public static readonly Error Expired = Error.Conflict(
        "offer-expired",
        "The loan offer was valid until validUntil: it can no longer be accepted or declined."
    );

    public static readonly Error VersionOutdated = Error.Conflict(
        "offer-version-outdated",
        "This is not the present version of the loan offer. Read it again: version and documentHash have to be those that it has now."
    );

    public static readonly Error NotAccepted = Error.Conflict(
        "offer-not-accepted",
        "The loan offer is not accepted: only accepted ones can be disbursed, once, and only accepted or disbursed ones withdrawn from, once."
    );

    public static readonly Error WithdrawalPeriodOver = Error.Conflict(
        "withdrawal-period-over",
        "The withdrawal period of 14 days is over."
    );

    public static readonly Error WithdrawalPeriodOpen = Error.Conflict(
        "withdrawal-period-open",
        "The customer can still withdraw, until withdrawalEndsAt: the organisation does not pay out before."
    );

    public static readonly Error SecondPersonRequired = Error.Forbidden(
        "second-person-required",
        "An offer of this amount is approved by somebody else than who made it or last changed its terms."
    );

    public static readonly Error ThirdPersonRequired = Error.Forbidden(
        "third-person-required",
        "The loan of an offer of this amount is paid out by somebody else than who made it, last changed its terms or approved it."
    );

    public static readonly Error UnderwriterRequired = Error.Forbidden(
        "underwriter-required",
        "An offer of this amount is approved by an underwriter."
    );

    public static readonly Error Unauthenticated = Error.Unauthenticated(
        "unauthenticated",
        "Log in as the customer, or send the linkToken that you were given."
    );

    public static readonly Error NotTheCustomer = Error.Forbidden(
        "forbidden",
        "Only the customer may do this: logged in, or with the linkToken that they were given."
    );

    /// <summary>One answer for every link that does not work, so that nobody learns why.</summary>
    public static readonly Error LinkInvalid = MailedLink.Invalid;

    public static readonly Error InternalComment = Error.Forbidden(
        "internal-comment",
        "Internal comments are for the organisation's own people."
    );

    public static readonly Error TooManyVersions = Error.Conflict(
        "too-many-versions",
        "The loan offer has as many versions as there can be. Cancel it, and make a new one."
    );

    public static readonly Error UnknownCustomer = Error.Validation("unknown-customer", "There is no such customer.", "customerId");

    public static readonly Error RateNotOfProduct = Error.Validation(
        "rate-not-of-product",
        "The product has another annual rate for this amount and term. Leave the rate out.",
        "annualRatePercent"
    );

    public static readonly Error LoanRuns = Error.Conflict(
        "loan-runs",
        "The customer has accepted a loan offer or has a loan: they can be erased when it is over."
    );

    public static readonly Error CustomerHasOffers = Error.Conflict(
        "customer-has-offers",
        "The customer has loan offers and can only be deleted without them."
    );
}
