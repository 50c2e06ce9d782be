namespace Lending.Loans.Amortization;

/// <summary>
/// The first instalment that repays principal, before declining balance moves it, of loans that differ in their amount alone. Unlike the
/// moved one it never falls when the amount rises, and never rises when the term does.
/// </summary>
internal sealed class PlainInstalment
{
    private readonly YearFraction[] periods;
    private readonly UInt128 presentValue;

    public PlainInstalment(LoanTerms terms)
    {
        Terms = terms;
        var all = new YearFraction[terms.TermMonths];
        Amortization.Periods.Of(terms, all);
        periods = all[terms.InterestOnlyMonths..];
        Rate = terms.Segments().First(segment => segment.End > terms.InterestOnlyMonths).Rate;
        // It is the dear part, and the same for every amount.
        presentValue = terms.Method == ScheduleMethod.EqualPrincipal ? 0 : Annuity.PresentValue(Rate, periods);
    }

    public LoanTerms Terms { get; }

    /// <summary>The rate with which the repayment begins.</summary>
    public long Rate { get; }

    /// <summary>The periods of the instalments that repay principal.</summary>
    public ReadOnlySpan<YearFraction> Periods => periods;

    /// <summary>The instalment in minor units, where so much is owed.</summary>
    public long Of(long owed) =>
        Terms.Method == ScheduleMethod.EqualPrincipal
            ? EqualPrincipalSchedule.FirstInstalment(owed, Rate, periods)
            : Annuity.RoundedPayment(owed, presentValue);
}
