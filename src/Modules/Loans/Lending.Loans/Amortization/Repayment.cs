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
        if (terms.Method == ScheduleMethod.EqualInstalments)
        {
            EqualInstalmentSchedule.Plan(terms, owed, payments, balances);
            return true;
        }

        Span<YearFraction> periods = stackalloc YearFraction[terms.TermMonths];
        Periods.Of(terms, periods);
        if (terms.Method == ScheduleMethod.DecliningBalance)
        {
            return DecliningBalanceSchedule.TryPlan(terms, owed, periods, payments, balances);
        }

        EqualPrincipalSchedule.Plan(terms, owed, periods, payments, balances);
        return true;
    }

    /// <summary>
    /// The first instalment that repays principal, before declining balance moves it. Unlike the moved one it never falls when the
    /// amount rises, and never rises when the term does.
    /// </summary>
    public static long PlainInstalment(LoanTerms terms, long owed)
    {
        if (terms.Method == ScheduleMethod.EqualInstalments)
        {
            return EqualInstalmentSchedule.Instalment(terms, owed);
        }

        Span<YearFraction> periods = stackalloc YearFraction[terms.TermMonths];
        Periods.Of(terms, periods);
        return terms.Method == ScheduleMethod.DecliningBalance
            ? DecliningBalanceSchedule.PlainInstalment(terms, owed, periods)
            : EqualPrincipalSchedule.Instalment(terms, owed, periods);
    }
}
