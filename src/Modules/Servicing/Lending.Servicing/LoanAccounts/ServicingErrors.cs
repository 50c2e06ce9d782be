using Lending.Kernel;

namespace Lending.Servicing.LoanAccounts;

/// <summary>The ways in which requests about loan accounts can fail.</summary>
internal static class ServicingErrors
{
    public static readonly Error EventIdTaken = Error.Conflict(
        "event-id-taken",
        "There is another event with this id. Send the same event again with its id, or a new one with a new id.",
        "eventId"
    );

    public static readonly Error ReversedAlready = Error.Conflict("already-reversed", "The event was reversed already.");

    public static readonly Error PayoutStays = Error.Conflict(
        "payout-stays",
        "Money that was paid out stays paid out: what comes back is a payment."
    );

    public static readonly Error NotAPayment = Error.Conflict("not-a-payment", "Only payments can be taken back by a bank.");

    public static readonly Error InFuture = Error.Validation("in-future", "It lies in the future.", "effectiveOn");

    public static readonly Error NotKnownYet = Error.Validation("in-future", "It lies in the future.", "knownAt");

    public static readonly Error FromAfterTo = Error.Validation("from-after-to", "It is after the last day.", "from");

    public static readonly Error YearInFuture = Error.Validation("in-future", "It has not begun yet.", "year");

    public static readonly Error StatementInFuture = Error.Validation("in-future", "It lies in the future.", "to");

    public static readonly Error BaseRateMissing = Error.Conflict(
        "base-rate-missing",
        "Something is overdue, and there is no base rate for these days yet: what pays all off cannot be computed, and is not guessed."
    );

    public static readonly Error NoSuchQuote = Error.Validation("no-such-quote", "The account has no such quote.", "payoffQuoteId");

    public static readonly Error QuoteOfOtherDays = Error.Conflict(
        "payoff-quote-expired",
        "The quote tells no amount for the day of the payment: it is of other days."
    );

    public static readonly Error QuoteOutdated = Error.Conflict(
        "payoff-quote-outdated",
        "Something was recorded since the quote was made: what pays all off is another amount now."
    );

    public static readonly Error QuoteUnderpaid = Error.Conflict(
        "payoff-quote-underpaid",
        "It is less than what the quote says for that day. Recorded without the quote, it is a part of it."
    );

    public static readonly Error RateNotLower = Error.Conflict("rate-not-lower", "The rate can only be lowered.", "annualRatePercent");

    public static readonly Error ArrearsTooSmall = Error.Conflict(
        "arrears-too-small",
        "Fewer than two instalments in a row are overdue, or too small a part of what was lent (§ 498 BGB)."
    );

    public static readonly Error NothingOwed = Error.Conflict("nothing-owed", "Nothing is owed on that day.");

    public static readonly Error WrittenOffAlready = Error.Conflict("already-written-off", "It was written off already.");

    public static readonly Error Scale = Error.Validation("currency-scale", "It has more decimals than the currency.", "amount");

    private static readonly Dictionary<string, Error> _problems = new(StringComparer.Ordinal)
    {
        ["not-disbursed"] = Error.Conflict("not-disbursed", "Nothing was paid out on that day yet."),
        ["over-disbursed"] = Error.Conflict("over-disbursed", "More would be paid out than was agreed."),
        ["unknown-payment"] = Error.Conflict("unknown-payment", "The payment was reversed, or counts for a later day."),
        ["return-exceeds-payment"] = Error.Conflict("return-exceeds-payment", "More would have gone back than came."),
        ["credit-exceeded"] = Error.Conflict("credit-exceeded", "It is more than the borrower's credit.", "amount"),
        ["waiver-exceeds-debt"] = Error.Conflict("waiver-exceeds-debt", "It is more than what is owed.", "amount"),
        ["not-to-withdraw-from"] = Error.Conflict("not-to-withdraw-from", "It was withdrawn from or called due already."),
        ["notice-missing"] = Error.Conflict("notice-missing", "No notice with a deadline of two weeks is recorded (§ 498 BGB)."),
        ["notice-running"] = Error.Conflict("notice-running", "The two weeks that the notice sets are not over."),
        ["arrears-paid"] = Error.Conflict("arrears-paid", "What the notice asked for is paid."),
        ["no-instalments-left"] = Error.Conflict("no-instalments-left", "All instalments are due already."),
    };

    /// <summary>What a problem of the replay means for who recorded the event that makes it.</summary>
    public static Error OfProblem(string code) =>
        _problems.TryGetValue(code, out var error) ? error : Error.Conflict(code, "It does not fit into the life of the loan.");
}
