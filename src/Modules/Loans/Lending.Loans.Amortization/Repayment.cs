namespace Lending.Loans.Amortization;

/// <summary>What is paid with each instalment and owed after it, by any method, in minor units. Interest is payment less principal.</summary>
internal static class Repayment
{
    /// <summary>Computes all instalments; false where the method does not repay the loan.</summary>
    /// <param name="terms">Terms without an obstacle (<see cref="LoanRules"/>).</param>
    /// <param name="owed">What is repaid: the loan amount and the financed fee.</param>
    /// <param name="payments">Takes the payment of each instalment.</param>
    /// <param name="balances">Takes what is owed after each instalment.</param>
    public static bool TryPlan(LoanTerms terms, long owed, Span<long> payments, Span<long> balances)
    {
        Span<YearFraction> periods = stackalloc YearFraction[terms.TermMonths];
        Periods.Of(terms, periods);
        switch (terms.Method)
        {
            case ScheduleMethod.DecliningBalance:
                return DecliningBalanceSchedule.TryPlan(terms, owed, periods, payments, balances);
            case ScheduleMethod.EqualPrincipal:
                EqualPrincipalSchedule.Plan(terms, owed, periods, payments, balances);
                return true;
            default:
                EqualInstalmentSchedule.Plan(terms, owed, periods, payments, balances);
                return true;
        }
    }
}
