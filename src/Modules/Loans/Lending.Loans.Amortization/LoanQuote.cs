using System.Diagnostics.CodeAnalysis;
using Lending.Kernel;

namespace Lending.Loans.Amortization;

/// <summary>Everything that is said about a loan. The same terms and the same version of the method give the same figures for ever.</summary>
public sealed class LoanQuote
{
    private LoanQuote(LoanTerms terms) => Terms = terms;

    /// <summary>What was asked for.</summary>
    public LoanTerms Terms { get; }

    /// <summary>The name of the method.</summary>
    public string Method => Terms.Method.Name();

    /// <summary>The version of the method; it changes when the method's results do.</summary>
    public int MethodVersion => Terms.Method.Version();

    /// <summary>The instalment of principal and interest: the first one that repays principal.</summary>
    public decimal MonthlyPayment { get; private init; }

    /// <summary>Runs of equal instalments of principal and interest.</summary>
    public required IReadOnlyList<InstalmentGroup> Instalments { get; init; }

    /// <summary>The sum of all instalments, without fees.</summary>
    public decimal TotalPayment { get; private init; }

    /// <summary>The total payment without what is owed.</summary>
    public decimal TotalInterest => TotalPayment - AmountOwed;

    /// <summary>What is paid on the day of the payout.</summary>
    public decimal UpfrontFee { get; private init; }

    /// <summary>What is added to the loan amount, and repaid with it.</summary>
    public decimal FinancedFee { get; private init; }

    /// <summary>What is paid beside each instalment.</summary>
    public decimal MonthlyFee { get; private init; }

    /// <summary>The upfront, the financed and all monthly fees; the dealer fee is not among them.</summary>
    public decimal TotalFees => UpfrontFee + FinancedFee + Terms.TermMonths * MonthlyFee;

    /// <summary>The most that is paid in a month, with the monthly fee.</summary>
    public decimal HighestMonthlyPayment => Instalments.Max(group => group.Payment) + MonthlyFee;

    /// <summary>What the dealer leaves to the lender.</summary>
    public decimal DealerFee { get; private init; }

    /// <summary>What the goods cost without the loan.</summary>
    public decimal CashPrice => AmountOfCredit;

    /// <summary>What the customer gets the use of: neither a dealer fee nor a financed fee is part of it.</summary>
    public decimal AmountOfCredit => Terms.Amount - DealerFee;

    /// <summary>What is repaid with interest: the loan amount and the financed fee.</summary>
    public decimal AmountOwed => Terms.Amount + FinancedFee;

    /// <summary>All that the customer pays: the upfront fee, the instalments and the monthly fees.</summary>
    public decimal TotalPayable => UpfrontFee + TotalPayment + Terms.TermMonths * MonthlyFee;

    /// <summary>All that the customer pays above what the customer gets.</summary>
    public decimal TotalCostOfCredit => TotalPayable - AmountOfCredit;

    /// <summary>The annual percentage rate of charge in percent, with six decimals.</summary>
    public decimal AprcPercent => decimal.Round((decimal)(100 * Aprc), 6, MidpointRounding.AwayFromZero) + 0.000000m;

    /// <summary>The annual percentage rate of charge as it is told: one decimal, half up.</summary>
    public decimal AprcPercentDisplayed => decimal.Round(AprcPercent, 1, MidpointRounding.AwayFromZero);

    /// <summary>The annual percentage rate of charge as a fraction, unrounded.</summary>
    public double Aprc { get; private init; }

    /// <summary>The day on which the first instalment is due.</summary>
    public DateOnly FirstDueDate => Terms.FirstDueDate;

    /// <summary>The day on which the last instalment is due.</summary>
    public DateOnly LastDueDate => Terms.FirstDueDate.AddMonths(Terms.TermMonths - 1);

    /// <summary>The figures of terms, or why there are none.</summary>
    public static bool TryOf(LoanTerms terms, [NotNullWhen(true)] out LoanQuote? quote, [NotNullWhen(false)] out Error? error)
    {
        quote = null;
        error = LoanRules.Obstacle(terms);
        if (error is not null)
        {
            return false;
        }

        var currency = terms.Currency;
        var financedFee = terms.FinancedFee;
        if (terms.Amount + financedFee > LoanLimits.MaximumAmount)
        {
            error = LoanRefusals.AmountOwed;
            return false;
        }

        var owed = terms.OwedUnits;
        Span<long> payments = stackalloc long[terms.TermMonths];
        Span<long> balances = stackalloc long[terms.TermMonths];
        if (!Repayment.TryPlan(terms, owed, payments, balances))
        {
            error = LoanRefusals.DoesNotAmortise;
            return false;
        }

        var upfrontFee = terms.Fees.Upfront?.Of(terms.Amount, currency) ?? currency.Zero;
        var monthlyFee = terms.MonthlyFee;
        var dealerFee = currency.Round(terms.Amount * terms.Fees.DealerFeePercent / 100);
        var groups = InstalmentGroup.Of(payments, currency);
        var total = 0L;
        foreach (var payment in payments)
        {
            total += payment;
        }

        if (!TryAprc(terms, groups, (double)(terms.Amount - dealerFee - upfrontFee), (double)monthlyFee, out var aprc))
        {
            error = LoanRefusals.AprcOutOfRange;
            return false;
        }

        quote = new LoanQuote(terms)
        {
            MonthlyPayment = MinorUnits.Amount(payments[terms.InterestOnlyMonths], currency),
            Instalments = groups,
            TotalPayment = MinorUnits.Amount(total, currency),
            UpfrontFee = upfrontFee,
            FinancedFee = financedFee,
            MonthlyFee = monthlyFee,
            DealerFee = dealerFee,
            Aprc = aprc,
        };
        return true;
    }

    /// <summary>
    /// One row for each instalment, computed anew at each call. Due dates count from the first one, so a loan due on the 31st returns to it after
    /// February.
    /// </summary>
    public IReadOnlyList<ScheduleRow> Schedule()
    {
        var currency = Terms.Currency;
        var owed = Terms.OwedUnits;
        Span<long> payments = stackalloc long[Terms.TermMonths];
        Span<long> balances = stackalloc long[Terms.TermMonths];
        Repayment.TryPlan(Terms, owed, payments, balances);

        var rows = new ScheduleRow[Terms.TermMonths];
        var before = owed;
        for (var index = 0; index < rows.Length; index++)
        {
            var principal = before - balances[index];
            rows[index] = new ScheduleRow(
                index + 1,
                FirstDueDate.AddMonths(index),
                MinorUnits.Amount(payments[index], currency),
                MinorUnits.Amount(principal, currency),
                MinorUnits.Amount(payments[index] - principal, currency),
                MinorUnits.Amount(balances[index], currency)
            );
            before = balances[index];
        }

        return rows;
    }

    private static bool TryAprc(LoanTerms terms, InstalmentGroup[] groups, double received, double monthlyFee, out double aprc)
    {
        const double Month = 1 / 12d;
        var first = terms.PayoutDate is { } payout ? Amortization.Aprc.Years(payout, terms.FirstDueDate) : Month;
        Span<CashFlow> flows = stackalloc CashFlow[groups.Length + 1];
        flows[0] = new CashFlow(received, 0);
        for (var index = 0; index < groups.Length; index++)
        {
            var group = groups[index];
            flows[index + 1] = new CashFlow(
                -((double)group.Payment + monthlyFee),
                first + (group.FromNumber - 1) * Month,
                group.ToNumber - group.FromNumber + 1,
                Month
            );
        }

        aprc = 0;
        return received > 0 && Amortization.Aprc.TryOf(flows, out aprc, guess: (double)terms.AnnualRatePercent / 100);
    }
}

/// <summary>Equal instalments that follow each other.</summary>
/// <param name="FromNumber">The number of the first one.</param>
/// <param name="ToNumber">The number of the last one.</param>
/// <param name="Payment">What each is: principal and interest, without fees.</param>
public readonly record struct InstalmentGroup(int FromNumber, int ToNumber, decimal Payment)
{
    /// <summary>The runs of equal payments.</summary>
    internal static InstalmentGroup[] Of(ReadOnlySpan<long> payments, Currency currency)
    {
        var count = 1;
        for (var index = 1; index < payments.Length; index++)
        {
            count += payments[index] == payments[index - 1] ? 0 : 1;
        }

        var groups = new InstalmentGroup[count];
        for (int group = 0, from = 0; group < count; group++)
        {
            var to = from + 1;
            while (to < payments.Length && payments[to] == payments[from])
            {
                to++;
            }

            groups[group] = new InstalmentGroup(from + 1, to, MinorUnits.Amount(payments[from], currency));
            from = to;
        }

        return groups;
    }
}
