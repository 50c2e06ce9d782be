using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>Why terms that are each permitted make no loan together.</summary>
public static class LoanRefusals
{
    internal static readonly Error InterestFreeInPart = Error.Validation(
        "interest-free-in-part",
        "The method equal-instalments does not mix a rate of 0 percent with others. Take declining-balance or equal-principal.",
        "method"
    );

    internal static readonly Error DoesNotAmortise = Error.Validation(
        "does-not-amortise",
        "By declining-balance, rounded to the currency's minor unit, the instalments do not repay the loan. Shorten the term, lower the rate or lend more; or take the method equal-instalments.",
        "termMonths"
    );

    internal static readonly Error InterestOnlyMonths = Error.Validation(
        "interest-only-months-out-of-range",
        "The interest-only months must be fewer than the months of the term, and not negative.",
        "interestOnlyMonths"
    );

    internal static readonly Error RateSteps = Error.Validation(
        "rate-steps-invalid",
        FormattableString.Invariant(
            $"Rate steps are ascending, from instalment 2 to the last one, with rates of 0 to {LoanLimits.MaximumAnnualRatePercent} percent and at most six decimals; there are at most {LoanLimits.MaximumRateSteps}."
        ),
        "rateSteps"
    );

    internal static readonly Error DatesNeeded = Error.Validation(
        "dates-needed",
        "A day count of actual days needs the date of payout and the first due date.",
        "payoutDate"
    );

    internal static readonly Error FirstDueDate = Error.Validation(
        "first-due-date-out-of-range",
        FormattableString.Invariant(
            $"The first due date must lie on the day of payout or at most {LoanLimits.MaximumMonthsToFirstDueDate} months later, and both between the years {LoanLimits.FirstYear} and {LoanLimits.LastYear}."
        ),
        "firstDueDate"
    );

    internal static readonly Error AmountOwed = Error.Validation(
        "amount-owed-out-of-range",
        FormattableString.Invariant(
            $"The loan amount and the financed fee together are more than {LoanLimits.MaximumAmount:N0}: lower one of them."
        ),
        "fees.financed"
    );

    internal static readonly Error AprcOutOfRange = Error.Validation(
        "aprc-out-of-range",
        "There is no annual percentage rate of charge, or it is above a billion percent: the upfront and the dealer fee are as much as the loan amount, or too much for a first instalment that is due so soon. Lower them.",
        "fees"
    );

    internal static readonly Error DealerFee = Error.Validation(
        "dealer-fee-out-of-range",
        FormattableString.Invariant($"The dealer fee must be 0 to {LoanLimits.MaximumFeePercent} percent with at most six decimals."),
        "dealerFeePercent"
    );

    /// <summary>No permitted loan has an instalment within the budget.</summary>
    public static readonly Error BudgetTooSmall = Error.Validation(
        "budget-too-small",
        "No permitted loan on these terms has an instalment within the monthly budget: raise it, take a longer term or less fees.",
        "monthlyBudget"
    );

    /// <summary>A fee that is not exactly one of amount and percentage, or out of range, or with too many decimals.</summary>
    internal static Error Fee(string name) =>
        Error.Validation(
            "fee-invalid",
            FormattableString.Invariant(
                $"A fee is either an amount of 0 to {LoanLimits.MaximumAmount:N0} with the currency's decimals, or 0 to {LoanLimits.MaximumFeePercent} percent of the loan amount with at most six decimals."
            ),
            $"fees.{name}"
        );
}
