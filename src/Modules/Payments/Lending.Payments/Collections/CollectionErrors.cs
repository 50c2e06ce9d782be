using Lending.Kernel;

namespace Lending.Payments.Collections;

/// <summary>The ways in which requests about collections can fail.</summary>
internal static class CollectionErrors
{
    public static readonly Error TooLate = Error.Conflict(
        "too-late-for-day",
        "The bank needs the file one open day before, by one o'clock in Frankfurt. Choose a later day.",
        "collectOn"
    );

    public static readonly Error NothingDue = Error.Conflict("nothing-due", "Nothing is to be collected by then.");

    public static readonly Error TooLateForNotice = Error.Conflict(
        "too-late-for-notice",
        "Customers have to know of a debit some days before, as was agreed with them (PUT /sepa-creditor, noticeDays). Choose a later day.",
        "collectOn"
    );
}
