using FluentValidation;
using Lending.Loans.Amortization;
using Lending.Loans.Terms;

namespace Lending.Loans.Quotes;

/// <summary>A loan that somebody asks about. Exactly two of amount (or cash price), term and monthly budget are given; the third is computed.</summary>
internal abstract record QuoteOption
{
    /// <summary>A product, whose current version sets rate, fees and method; left out, they are given here.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public Guid? ProductId { get; init; }

    /// <summary>The amount that is borrowed, a dealer fee included, with at most the currency's decimals: 500 to 1,000,000.</summary>
    /// <example>24500.00</example>
    public decimal? LoanAmount { get; init; }

    /// <summary>Instead of the amount, what the goods cost without a loan; the dealer fee comes on top of it.</summary>
    /// <example>23275.00</example>
    public decimal? CashPrice { get; init; }

    /// <summary>The number of monthly instalments: 1 to 600.</summary>
    /// <example>120</example>
    public int? TermMonths { get; init; }

    /// <summary>What may be paid each month, a monthly fee included: without an amount the largest one is found, without a term the shortest.</summary>
    /// <example>250.00</example>
    public decimal? MonthlyBudget { get; init; }

    /// <summary>The nominal annual interest rate in percent: 0 to 50, at most six decimals. Left out with a product.</summary>
    /// <example>4.9</example>
    public decimal? AnnualRatePercent { get; init; }

    /// <summary>An ISO 4217 code; left out: the product's currency, and EUR without product.</summary>
    /// <example>EUR</example>
    public string? Currency
    {
        get;
        // A null that is written is no currency code; only what is left out has a default.
        init => field = value ?? "";
    }

    /// <summary>How instalments are computed: equal-instalments (where it is left out), declining-balance or equal-principal.</summary>
    /// <example>equal-instalments</example>
    public string? Method { get; init; }

    /// <summary>
    /// How days are counted: 30/360 (where it is left out), 30E/360, actual/365f, actual/360, actual/actual-isda or actual/actual-icma. From due
    /// date to due date 30/360, 30E/360 and actual/actual-icma count a twelfth of a year, the others the days.
    /// </summary>
    /// <example>30/360</example>
    public string? DayCount { get; init; }

    /// <summary>How the days of the first period are counted that make no whole month; left out: as <c>dayCount</c> says.</summary>
    /// <example>actual/365f</example>
    public string? StubDayCount { get; init; }

    /// <summary>How many months at the start bear interest only; fewer than the term.</summary>
    /// <example>0</example>
    public int? InterestOnlyMonths { get; init; }

    /// <summary>Later annual rates, ascending.</summary>
    public IReadOnlyList<RateStepTerms>? RateSteps { get; init; }

    /// <summary>What the customer pays beside principal and interest.</summary>
    public FeeTerms? Fees { get; init; }

    /// <summary>What the dealer keeps of the amount, in percent of it: 0 to 50, at most six decimals.</summary>
    /// <example>5</example>
    public decimal? DealerFeePercent { get; init; }

    /// <summary>When the loan is paid out; left out: a month before the first due date, and today (in UTC) without one.</summary>
    /// <example>2026-12-01</example>
    public DateOnly? PayoutDate { get; init; }

    /// <summary>When the first instalment is due, at most 12 months after the payout; left out: a month after it.</summary>
    /// <example>2027-01-01</example>
    public DateOnly? FirstDueDate { get; init; }

    /// <summary>Whether the schedule is answered, too.</summary>
    /// <example>false</example>
    public bool? IncludeSchedule { get; init; }

    /// <summary>The rules of each member by itself; what must hold between members is checked by <see cref="QuoteShape"/>.</summary>
    internal sealed class Validator : AbstractValidator<QuoteOption>
    {
        public Validator()
        {
            RuleFor(option => option.LoanAmount).MustBeLoanAmount();
            RuleFor(option => option.CashPrice).MustBeMoney();
            RuleFor(option => option.TermMonths).MustBeTerm();
            RuleFor(option => option.MonthlyBudget).MustBeMoney();
            RuleFor(option => option.AnnualRatePercent).MustBeAnnualRate();
            When(option => option.Currency is not null, () => RuleFor(option => option.Currency).MustBeCurrency());
            RuleFor(option => option.Method).MustBeMethod();
            RuleFor(option => option.DayCount).MustBeDayCount();
            RuleFor(option => option.StubDayCount).MustBeDayCount();
            RuleFor(option => option.InterestOnlyMonths).InclusiveBetween(0, LoanLimits.MaximumTermMonths - 1);
            RuleFor(option => option.RateSteps).MustBeRateSteps();
            RuleForEach(option => option.RateSteps).MustBeThere().SetValidator(new RateStepTerms.Validator());
            RuleFor(option => option.Fees).SetValidator(new FeeTerms.Validator()!);
            RuleFor(option => option.DealerFeePercent).MustBeFeePercent();
            RuleFor(option => option.PayoutDate).MustBeLoanDate();
            RuleFor(option => option.FirstDueDate).MustBeLoanDate();
        }
    }
}

/// <summary>Another loan to compare with: members that are left out are those of the main one.</summary>
/// <remarks>
/// With a product of its own, it takes neither rate, method, fees nor currency from the main one, and with a rate of its own no product. With two of amount,
/// term and budget of its own it takes the third from nowhere.
/// </remarks>
internal sealed record QuoteAlternative : QuoteOption
{
    /// <summary>The option with what it takes from the main one.</summary>
    public QuoteAlternative Over(QuoteOption main)
    {
        var isOtherProduct = ProductId is not null;
        var isAnotherWish = (LoanAmount ?? CashPrice) is not null
            ? TermMonths is not null || MonthlyBudget is not null
            : TermMonths is not null && MonthlyBudget is not null;
        var merged = this with
        {
            ProductId = ProductId ?? (AnnualRatePercent is null ? main.ProductId : null),
            TermMonths = TermMonths ?? (isAnotherWish ? null : main.TermMonths),
            MonthlyBudget = MonthlyBudget ?? (isAnotherWish ? null : main.MonthlyBudget),
            PayoutDate = PayoutDate ?? main.PayoutDate,
            FirstDueDate = FirstDueDate ?? main.FirstDueDate,
            IncludeSchedule = IncludeSchedule ?? main.IncludeSchedule,
        };
        if (!isAnotherWish && LoanAmount is null && CashPrice is null)
        {
            merged = merged with { LoanAmount = main.LoanAmount, CashPrice = main.CashPrice };
        }
        if (isOtherProduct)
        {
            return merged;
        }
        merged = merged with
        {
            AnnualRatePercent = AnnualRatePercent ?? main.AnnualRatePercent,
            Method = Method ?? main.Method,
            DayCount = DayCount ?? main.DayCount,
            StubDayCount = StubDayCount ?? main.StubDayCount,
            InterestOnlyMonths = InterestOnlyMonths ?? main.InterestOnlyMonths,
            RateSteps = RateSteps ?? main.RateSteps,
            Fees = Fees ?? main.Fees,
            DealerFeePercent = DealerFeePercent ?? main.DealerFeePercent,
        };
        return Currency is null && main.Currency is { } currency ? merged with { Currency = currency } : merged;
    }
}
