namespace Lending.Loans.Terms;

/// <summary>When a loan is paid out, and when its first instalment is due.</summary>
internal sealed record LoanDates(DateOnly Payout, DateOnly FirstDue)
{
    /// <summary>The date that is missing is a month from the other; without either, the loan is paid out today.</summary>
    public static LoanDates Of(DateOnly? payout, DateOnly? firstDue, DateOnly today)
    {
        var start = payout ?? firstDue?.AddMonths(-1) ?? today;
        return new LoanDates(start, firstDue ?? start.AddMonths(1));
    }
}
