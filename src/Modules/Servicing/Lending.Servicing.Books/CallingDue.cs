namespace Lending.Servicing.Books;

/// <summary>
/// When a lender may call a whole loan due (§ 498 BGB): the borrower is late enough, got a notice that set two weeks with the offer to talk, and let them
/// pass.
/// </summary>
public static class CallingDue
{
    private const int DeadlineDays = 14;

    /// <summary>Whether the borrower is late enough for the notice.</summary>
    /// <param name="contract">What was agreed.</param>
    /// <param name="state">The state on the day of the notice.</param>
    public static bool AllowsNotice(LoanContract contract, LoanState state) =>
        contract.Law.AllowsNotice(state.Arrears, contract.Principal, contract.TermMonths);

    /// <summary>
    /// The first day on which the loan may be called due after a notice: the deadline ends with the fourteenth day after it, or the next working day (§§ 187(1),
    /// 188(2), 193 BGB).
    /// </summary>
    public static DateOnly AllowedFrom(DateOnly noticeServedOn) => WorkingDays.OnOrAfter(noticeServedOn.AddDays(DeadlineDays)).AddDays(1);

    /// <summary>Why the loan may not be called due on the day of a state, by a code; null: it may.</summary>
    public static string? FindObstacle(LoanState state) =>
        state.NoticeServedOn is not { } notice ? "notice-missing"
        : state.AsOf < AllowedFrom(notice) ? "notice-running"
        // A part of what the notice asked for is not enough to avert it.
        : !state.Arrears.Instalments.Any(overdue => overdue.DueOn < notice) ? "arrears-paid"
        : null;
}
