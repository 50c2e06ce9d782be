using Lending.Kernel;

namespace Lending.Servicing.Books;

/// <summary>How costs for the whole term shrink when it ends early (§ 501 BGB); the law names no method, so the contract does.</summary>
public enum CostReductionMethod
{
    /// <summary>By the days that are left.</summary>
    ByDays,

    /// <summary>By the interest that is still to come.</summary>
    ByInterest,
}

/// <summary>What early repayment costs and saves.</summary>
public static class EarlyRepayment
{
    /// <summary>
    /// § 502 BGB: at most 1 % of what is repaid early, 0.5 % if no more than a year of the agreed term is left, and never more than the interest
    /// that was still to come.
    /// </summary>
    /// <param name="repaid">The principal that is repaid early.</param>
    /// <param name="interestToCome">The contract interest for it from the repayment to the end of the term.</param>
    /// <param name="on">The day of the repayment.</param>
    /// <param name="agreedEnd">The last due date.</param>
    /// <param name="currency">The currency.</param>
    public static decimal Compensation(decimal repaid, decimal interestToCome, DateOnly on, DateOnly agreedEnd, Currency currency)
    {
        var percent = agreedEnd > on.AddYears(1) ? 1m : 0.5m;
        return Math.Max(0, Math.Min(currency.Round(repaid * percent / 100), interestToCome)) + currency.Zero;
    }

    /// <summary>§ 501(1) BGB: the part of costs for the whole term that is given back, one-off costs too (CJEU C-383/18, Lexitor).</summary>
    /// <param name="costs">What was paid or borrowed for costs.</param>
    /// <param name="left">What is left: days or interest.</param>
    /// <param name="whole">Of how many days, or how much interest.</param>
    /// <param name="currency">The currency.</param>
    public static decimal CostReduction(decimal costs, decimal left, decimal whole, Currency currency) =>
        whole <= 0 ? currency.Zero : currency.Round(costs * Math.Clamp(left, 0, whole) / whole);
}
