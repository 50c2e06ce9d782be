using Lending.Kernel;

namespace Lending.Payments.Payouts;

/// <summary>The ways in which requests about payouts can fail.</summary>
internal static class PayoutErrors
{
    public static readonly Error TooLate = Error.Conflict(
        "too-late-for-day",
        "The bank needs the file on the day itself, by one o'clock in Frankfurt. Choose a later day.",
        "executeOn"
    );

    public static readonly Error NoSuchPayeeAccount = Error.Validation(
        "no-such-payee-account",
        "There is no such account of a payee.",
        "payouts"
    );

    public static readonly Error PayeeNotVerified = Error.Conflict(
        "payee-not-verified",
        "A second person has to verify the payee's account before; to one that was retired, nothing goes."
    );

    public static readonly Error OtherPayee = Error.Conflict(
        "other-payee",
        "The account is another customer's, or the credit of a customer would go to somebody else."
    );

    public static readonly Error OtherInstaller = Error.Conflict(
        "other-installer",
        "The account is an installer's who did not offer this loan."
    );

    public static readonly Error NotPayable = Error.Conflict(
        "not-payable",
        "An event is no payout that a second person confirmed and no refund of a credit, was reversed, or the customer has withdrawn."
    );

    public static readonly Error PaidAlready = Error.Conflict("payout-in-run", "Another run has one of these payouts already.");

    public static readonly Error AtBank = Error.Conflict(
        "refund-at-bank",
        "The money is at the bank or has arrived: what comes back is a payment. Only what the bank refuses or sends back can be reversed."
    );

    public static readonly Error NotEuro = Error.Conflict("currency-not-euro", "SEPA pays euros alone.");

    public static readonly Error NothingToPay = Error.Conflict("nothing-to-pay", "Nothing of the run may be paid any more.");
}
