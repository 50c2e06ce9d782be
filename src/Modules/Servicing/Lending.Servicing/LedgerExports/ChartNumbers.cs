using Lending.Servicing.Books;

namespace Lending.Servicing.LedgerExports;

/// <summary>
/// Which number each account has for DATEV where an organisation sets none: that of the chart SKR03 where it has such an account, else one beside it
/// that SKR03 leaves free, which is then named by hand. docs/servicing.md lists them; a tax adviser has the last word.
/// </summary>
internal static class ChartNumbers
{
    /// <summary>How long the numbers are.</summary>
    public const int UsualLength = 4;

    /// <summary>One for each account, each another one: DATEV books nothing from an account to itself.</summary>
    public static IReadOnlyDictionary<LedgerAccount, string> Usual { get; } =
        new Dictionary<LedgerAccount, string>
        {
            [LedgerAccount.Principal] = "1550",
            [LedgerAccount.InterestEarned] = "1552",
            [LedgerAccount.InterestDue] = "1553",
            [LedgerAccount.DefaultInterest] = "1554",
            [LedgerAccount.FeesDue] = "1532",
            [LedgerAccount.PenaltiesDue] = "1533",
            [LedgerAccount.EnforcementCosts] = "1534",
            [LedgerAccount.ClearingIn] = "1590",
            [LedgerAccount.ClearingOut] = "1591",
            [LedgerAccount.BorrowerCredit] = "1700",
            [LedgerAccount.ReturnedPayments] = "1699",
            [LedgerAccount.DealerFeeDeferred] = "0990",
            [LedgerAccount.InterestIncome] = "2650",
            [LedgerAccount.DefaultInterestIncome] = "2651",
            [LedgerAccount.FeeIncome] = "2680",
            [LedgerAccount.EnforcementExpense] = "4950",
            [LedgerAccount.Goodwill] = "2300",
            [LedgerAccount.Loss] = "2400",
            [LedgerAccount.Recoveries] = "2732",
        };
}
