using Lending.Loans.Amortization;

namespace Lending.Loans.Terms;

/// <summary>From what is written in requests and stored products to what the engine computes with. All of it was validated before.</summary>
internal static class EngineTerms
{
    /// <summary>The terms with the method and the day counts of these names; null leaves the default.</summary>
    public static LoanTerms By(this LoanTerms terms, string? method, string? dayCount, string? stubDayCount)
    {
        _ = ScheduleMethods.TryFind(method, out var knownMethod);
        _ = DayCounts.TryFind(dayCount, out var knownDayCount);
        return terms with
        {
            Method = knownMethod,
            DayCount = knownDayCount,
            StubDayCount = DayCounts.TryFind(stubDayCount, out var knownStubDayCount) ? knownStubDayCount : null,
        };
    }

    /// <summary>The fees, with the dealer's.</summary>
    public static LoanFees With(this FeeTerms? fees, decimal dealerFeePercent) =>
        fees is null && dealerFeePercent == 0
            ? LoanFees.None
            : new LoanFees
            {
                Upfront = fees?.Upfront?.ToFee(),
                Financed = fees?.Financed?.ToFee(),
                Monthly = fees?.Monthly?.ToFee(),
                DealerFeePercent = dealerFeePercent,
            };
}
