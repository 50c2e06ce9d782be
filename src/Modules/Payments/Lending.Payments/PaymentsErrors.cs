using Lending.Kernel;

namespace Lending.Payments;

/// <summary>The ways in which requests about money at banks can fail.</summary>
internal static class PaymentsErrors
{
    public static readonly Error NoSuchLoanAccount = Error.Validation(
        "no-such-loan-account",
        "There is no such loan account.",
        "loanAccountId"
    );

    public static readonly Error NotEuro = Error.Validation("currency-not-euro", "SEPA pays euros alone.", "loanAccountId");

    public static readonly Error NoCreditor = Error.Conflict(
        "no-creditor",
        "The organisation has not said yet on which account it collects: PUT /sepa-creditor."
    );

    public static readonly Error RunNotDraft = Error.Conflict("run-not-draft", "The run was released or cancelled already.");

    public static readonly Error RunNotReleased = Error.Conflict(
        "run-not-released",
        "There is no file before a second person has released the run."
    );

    public static readonly Error RunFailed = Error.Conflict(
        "run-failed",
        "The bank has refused or sent back something of the run, which another run may have: its file must not go there again."
    );

    public static readonly Error RunNeedsSecondPerson = Error.Forbidden(
        "second-person-required",
        "Who made the run does not release it: somebody else has to."
    );

    public static readonly Error SignedInFuture = Error.Validation("in-future", "It lies in the future.", "signedOn");

    public static readonly Error ReferenceTaken = Error.Conflict(
        "mandate-reference-taken",
        "There is another mandate with this reference.",
        "reference"
    );

    public static readonly Error HasMandate = Error.Conflict(
        "has-mandate",
        "The loan account has a mandate that is in use. Revoke it, and record the new one."
    );

    public static readonly Error MandateRevoked = Error.Conflict("mandate-revoked", "The mandate was revoked already.");

    public static Error ClosedDay(string field) =>
        Error.Conflict("closed-day", "Banks settle nothing on this day: it is no day of TARGET.", field);

    public static Error TooEarly(string field) =>
        Error.Conflict("too-early-for-day", "The bank takes a file 14 days before at most.", field);
}
