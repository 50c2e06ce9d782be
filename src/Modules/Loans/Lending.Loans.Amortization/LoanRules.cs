using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>What must hold between a loan's terms before anything is computed.</summary>
public static class LoanRules
{
    /// <summary>Why the terms make no loan, or null.</summary>
    public static Error? Obstacle(LoanTerms terms)
    {
        if (terms.InterestOnlyMonths < 0 || terms.InterestOnlyMonths >= terms.TermMonths)
        {
            return LoanRefusals.InterestOnlyMonths;
        }

        return ObstacleInSteps(terms)
            ?? ObstacleInFee(terms.Fees.Upfront, "upfront", terms.Currency)
            ?? ObstacleInFee(terms.Fees.Financed, "financed", terms.Currency)
            ?? ObstacleInFee(terms.Fees.Monthly, "monthly", terms.Currency)
            ?? (IsPercent(terms.Fees.DealerFeePercent, LoanLimits.MaximumFeePercent) ? null : LoanRefusals.DealerFee)
            ?? ObstacleInDates(terms)
            ?? (terms.Method == ScheduleMethod.EqualInstalments && IsInterestFreeInPart(terms) ? LoanRefusals.InterestFreeInPart : null);
    }

    private static Error? ObstacleInSteps(LoanTerms terms)
    {
        var last = 1;
        foreach (var step in terms.RateSteps)
        {
            if (
                step.FromInstalment <= last
                || step.FromInstalment > terms.TermMonths
                || !IsPercent(step.AnnualRatePercent, LoanLimits.MaximumAnnualRatePercent)
            )
            {
                return LoanRefusals.RateSteps;
            }

            last = step.FromInstalment;
        }

        return terms.RateSteps.Count > LoanLimits.MaximumRateSteps ? LoanRefusals.RateSteps : null;
    }

    private static Error? ObstacleInFee(Fee? fee, string name, Currency currency)
    {
        var isPermitted =
            fee is null
            || (
                fee.Amount is { } amount
                    ? fee.Percent is null && amount is >= 0 and <= LoanLimits.MaximumAmount && currency.HasScale(amount)
                    : fee.Percent is { } percent && IsPercent(percent, LoanLimits.MaximumFeePercent)
            );
        return isPermitted ? null : LoanRefusals.Fee(name);
    }

    private static Error? ObstacleInDates(LoanTerms terms)
    {
        if (terms.PayoutDate is not { } payout)
        {
            return !terms.DayCount.CountsMonthsAsTwelfths() ? LoanRefusals.DatesNeeded
                : terms.FirstDueDate == default || IsPermittedYear(terms.FirstDueDate) ? null
                : LoanRefusals.FirstDueDate;
        }

        return
            IsPermittedYear(payout)
            && IsPermittedYear(terms.FirstDueDate)
            && terms.FirstDueDate >= payout
            && terms.FirstDueDate <= payout.AddMonths(LoanLimits.MaximumMonthsToFirstDueDate)
            ? null
            : LoanRefusals.FirstDueDate;
    }

    private static bool IsInterestFreeInPart(LoanTerms terms) =>
        terms.RateSteps.Count > 0 && (terms.IsInterestFree || terms.RateSteps.Any(step => step.AnnualRatePercent == 0));

    private static bool IsPermittedYear(DateOnly date) => date.Year is >= LoanLimits.FirstYear and <= LoanLimits.LastYear;

    private static bool IsPercent(decimal percent, decimal maximum) =>
        percent >= 0 && percent <= maximum && decimal.Round(percent, LoanLimits.AnnualRateScale) == percent;
}
