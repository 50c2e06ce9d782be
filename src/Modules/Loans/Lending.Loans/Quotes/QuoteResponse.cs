using System.Text.Json.Serialization;
using Lending.Loans.Amortization;
using Lending.Loans.Products;
using Mapster;

namespace Lending.Loans.Quotes;

/// <summary>All that is said about a loan. All amounts are in <c>currency</c>.</summary>
internal sealed record QuoteResponse
{
    /// <summary>What is borrowed: a dealer fee is part of it, a financed fee is not.</summary>
    /// <example>24500.00</example>
    public required decimal LoanAmount { get; init; }

    /// <summary>The ISO 4217 code of the currency of all amounts.</summary>
    /// <example>EUR</example>
    public required string Currency { get; init; }

    /// <summary>The nominal annual interest rate at the start, in percent.</summary>
    /// <example>4.9</example>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>The number of monthly instalments.</summary>
    /// <example>120</example>
    public required int TermMonths { get; init; }

    /// <summary>The instalment of principal and interest: the first that repays principal.</summary>
    /// <example>258.66</example>
    public required decimal MonthlyPayment { get; init; }

    /// <summary>The sum of all instalments, without fees.</summary>
    /// <example>31039.20</example>
    public required decimal TotalPayment { get; init; }

    /// <summary>The total payment without the amount owed.</summary>
    /// <example>6539.20</example>
    public required decimal TotalInterest { get; init; }

    /// <summary>The annual percentage rate of charge (Directives 2008/48/EC and 2014/17/EU) in percent, to six decimals.</summary>
    /// <example>5.011153</example>
    public required decimal AprcPercent { get; init; }

    /// <summary>The annual percentage rate of charge as it is published: to one decimal, half up.</summary>
    /// <example>5.0</example>
    public required decimal AprcPercentDisplayed { get; init; }

    /// <summary>The product; left out without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QuotedProduct? Product { get; init; }

    /// <summary>How instalments are computed.</summary>
    /// <example>equal-instalments</example>
    public required string Method { get; init; }

    /// <summary>The version of the method: the same version computes the same, whenever.</summary>
    /// <example>1</example>
    public required int MethodVersion { get; init; }

    /// <summary>How days are counted.</summary>
    /// <example>30/360</example>
    public required string DayCount { get; init; }

    /// <summary>How the days of the first period are counted that make no whole month; left out: as <c>dayCount</c> says.</summary>
    /// <example>actual/365f</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StubDayCount { get; init; }

    /// <summary>How many months at the start bear interest only.</summary>
    /// <example>0</example>
    public required int InterestOnlyMonths { get; init; }

    /// <summary>Later annual rates.</summary>
    public required IReadOnlyList<RateStep> RateSteps { get; init; }

    /// <summary>Runs of equal instalments of principal and interest, in order.</summary>
    public required IReadOnlyList<InstalmentGroup> Instalments { get; init; }

    /// <summary>What is paid beside principal and interest.</summary>
    public required QuotedFees Fees { get; init; }

    /// <summary>What the dealer keeps of the loan amount.</summary>
    /// <example>0.00</example>
    public required decimal DealerFee { get; init; }

    /// <summary>What the goods cost without a loan: the loan amount without the dealer fee.</summary>
    /// <example>24500.00</example>
    public required decimal CashPrice { get; init; }

    /// <summary>What the customer gets the use of: neither a dealer fee nor a financed fee is part of it.</summary>
    /// <example>24500.00</example>
    public required decimal AmountOfCredit { get; init; }

    /// <summary>What is repaid with interest: the loan amount and the financed fee.</summary>
    /// <example>24500.00</example>
    public required decimal AmountOwed { get; init; }

    /// <summary>All that the customer pays: the upfront fee, the instalments and the monthly fees.</summary>
    /// <example>31039.20</example>
    public required decimal TotalPayable { get; init; }

    /// <summary>What the customer pays beyond the amount of credit.</summary>
    /// <example>6539.20</example>
    public required decimal TotalCostOfCredit { get; init; }

    /// <summary>When the loan is paid out.</summary>
    /// <example>2026-12-01</example>
    public required DateOnly PayoutDate { get; init; }

    /// <summary>When the first instalment is due.</summary>
    /// <example>2027-01-01</example>
    public required DateOnly FirstDueDate { get; init; }

    /// <summary>When the last instalment is due.</summary>
    /// <example>2036-12-01</example>
    public required DateOnly LastDueDate { get; init; }

    /// <summary>One row for each instalment, without fees; only where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScheduleRow>? Schedule { get; init; }

    /// <summary>The quotes of the alternatives, in their order; left out where there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<QuoteResponse>? Alternatives { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<LoanQuote, QuoteResponse>()
                .Map(response => response, quote => quote.Terms)
                .Map(response => response.LoanAmount, quote => quote.Terms.Amount)
                .Map(response => response.Currency, quote => quote.Terms.Currency.Code)
                .Map(response => response.DayCount, quote => quote.Terms.DayCount.Name())
                .Map(
                    response => response.StubDayCount,
                    quote => quote.Terms.StubDayCount == null ? null : quote.Terms.StubDayCount.Value.Name()
                )
                .Map(
                    response => response.Fees,
                    quote => new QuotedFees(quote.UpfrontFee, quote.FinancedFee, quote.MonthlyFee, quote.TotalFees)
                )
                .Ignore(response => response.Product!, response => response.Schedule!, response => response.Alternatives!);
    }
}

/// <summary>What is paid beside principal and interest, as amounts.</summary>
/// <param name="Upfront">Paid once, on the day of the payout.</param>
/// <param name="Financed">Added to the amount and repaid with it.</param>
/// <param name="Monthly">Paid with each instalment.</param>
/// <param name="Total">All fees over the whole term; the dealer fee is not among them.</param>
internal sealed record QuotedFees(decimal Upfront, decimal Financed, decimal Monthly, decimal Total);
