using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Products;
using Lending.Loans.Terms;

namespace Lending.Loans.Quotes;

/// <summary>Computes validated options: with a product or without, and whichever of amount and term is missing.</summary>
internal static class QuoteCalculation
{
    /// <summary>The currency of loans where nothing says which.</summary>
    public const string DefaultCurrency = "EUR";

    private static readonly Error AmountOutOfRange = Error.Validation(
        "loan-amount-out-of-range",
        "With the dealer fee, the cash price leads to an amount that is not lent: 500 to 1,000,000.",
        "cashPrice"
    );

    /// <summary>The quote, or null and at least one error more.</summary>
    /// <param name="option">What is asked about.</param>
    /// <param name="product">Its product; null where it has none, or one that cannot be found.</param>
    /// <param name="today">The day of the payout where no date is given.</param>
    /// <param name="errors">Takes the errors, with the option's own fields.</param>
    /// <param name="ct">Ends the search for an amount or a term when the client goes away.</param>
    public static LoanQuote? Quote(QuoteOption option, UsableProduct? product, DateOnly today, List<Error> errors, CancellationToken ct)
    {
        var dates = LoanDates.Of(option.PayoutDate, option.FirstDueDate, today);
        if (option.ProductId is null)
        {
            return QuoteFreely(option, dates, errors, ct);
        }
        var error = product is null ? ProductErrors.Unknown : product.ObstacleTo(option.Currency);
        var quote = error is null ? QuoteProduct(option, product!, dates, ct, out error) : null;
        if (quote is null)
        {
            errors.Add(IsOfProduct(error!.Field!) ? error with { Field = "productId" } : error);
        }
        return quote;
    }

    private static LoanQuote? QuoteFreely(QuoteOption option, LoanDates dates, List<Error> errors, CancellationToken ct)
    {
        var currency = Currency.Get(option.Currency ?? DefaultCurrency);
        var known = errors.Count;
        CheckScale(option.LoanAmount, "loanAmount");
        CheckScale(option.CashPrice, "cashPrice");
        CheckScale(option.MonthlyBudget, "monthlyBudget");
        CheckScale(option.Fees?.Upfront?.Amount, "fees.upfront.amount");
        CheckScale(option.Fees?.Financed?.Amount, "fees.financed.amount");
        CheckScale(option.Fees?.Monthly?.Amount, "fees.monthly.amount");
        if (errors.Count > known)
        {
            return null;
        }
        var fees = option.Fees.With(option.DealerFeePercent ?? 0);
        var amount = option.LoanAmount ?? (option.CashPrice is { } price ? fees.LoanAmountFor(price, currency) : LoanLimits.MaximumAmount);
        if (amount is < LoanLimits.MinimumAmount or > LoanLimits.MaximumAmount)
        {
            errors.Add(AmountOutOfRange);
            return null;
        }
        var term = option.TermMonths ?? LoanLimits.MaximumTermMonths;
        var terms = new LoanTerms(amount, option.AnnualRatePercent!.Value, term, currency).By(
            option.Method,
            option.DayCount,
            option.StubDayCount
        ) with
        {
            InterestOnlyMonths = option.InterestOnlyMonths ?? 0,
            RateSteps = option.RateSteps is { Count: > 0 } steps ? [.. steps.Select(step => step.ToRateStep())] : [],
            Fees = fees,
            PayoutDate = dates.Payout,
            FirstDueDate = dates.FirstDue,
        };
        var quote = option.MonthlyBudget is { } budget
            ? Solve(option, [new LoanRange(terms, LoanLimits.MinimumAmount, LoanLimits.MinimumTermMonths)], budget, ct, out var error)
            : Compute(terms, out error);
        if (quote is null)
        {
            errors.Add(error!);
        }
        return quote;

        void CheckScale(decimal? value, string field)
        {
            if (value is { } money && !currency.HasScale(money))
            {
                errors.Add(TermErrors.AmountScale with { Field = field });
            }
        }
    }

    private static LoanQuote? QuoteProduct(
        QuoteOption option,
        UsableProduct product,
        LoanDates dates,
        CancellationToken ct,
        out Error? error
    )
    {
        var wish = new LoanWish(option.LoanAmount, option.CashPrice, option.TermMonths, dates);
        if (option.MonthlyBudget is not { } budget)
        {
            return product.TryTerms(wish, out var terms, out error) ? Compute(terms, out error) : null;
        }
        if (!Currency.Get(product.Content.Currency).HasScale(budget))
        {
            error = TermErrors.AmountScale with { Field = "monthlyBudget" };
            return null;
        }
        return product.TryRanges(wish, out var ranges, out error) ? Solve(option, ranges, budget, ct, out error) : null;
    }

    private static LoanQuote? Compute(LoanTerms terms, out Error? error) => LoanQuote.TryOf(terms, out var quote, out error) ? quote : null;

    private static LoanQuote? Solve(QuoteOption option, List<LoanRange> ranges, decimal budget, CancellationToken ct, out Error? error)
    {
        LoanQuote? best = null;
        error = null;
        foreach (var range in ranges)
        {
            if (option.TermMonths is null && best?.Terms.TermMonths <= range.TermMonthsFrom)
            {
                break;
            }
            var isSolved = option.TermMonths is null
                ? TryShortestTerm(range, budget, ct, out var quote, out var obstacle)
                : TryLargestAmount(range, budget, ct, out quote, out obstacle);
            if (!isSolved)
            {
                // Too small a budget for one range says the least: another obstacle can be removed.
                error = error is null || error == LoanRefusals.BudgetTooSmall ? obstacle : error;
            }
            else if (
                best is null
                || (option.TermMonths is null ? quote!.Terms.TermMonths < best.Terms.TermMonths : quote!.Terms.Amount > best.Terms.Amount)
            )
            {
                best = quote;
            }
        }
        return best;
    }

    private static bool TryLargestAmount(LoanRange range, decimal budget, CancellationToken ct, out LoanQuote? quote, out Error? error)
    {
        if (LoanSolver.TryLargestAmount(range.Largest, budget, out quote, out error, ct) && quote.Terms.Amount < range.AmountFrom)
        {
            (quote, error) = (null, LoanRefusals.BudgetTooSmall);
        }
        return quote is not null;
    }

    private static bool TryShortestTerm(LoanRange range, decimal budget, CancellationToken ct, out LoanQuote? quote, out Error? error)
    {
        if (!LoanSolver.TryShortestTerm(range.Largest, budget, out quote, out error, ct) || quote.Terms.TermMonths >= range.TermMonthsFrom)
        {
            return quote is not null;
        }
        // A longer term than would be needed, as the product has no shorter one.
        if (
            LoanQuote.TryOf(range.Largest.WithTerm(range.TermMonthsFrom), out quote, out error)
            && quote.MonthlyPayment + quote.MonthlyFee > budget
        )
        {
            (quote, error) = (null, LoanRefusals.BudgetTooSmall);
        }
        return quote is not null;
    }

    // What the engine says about these is about the product and not about what was sent.
    private static bool IsOfProduct(string field) =>
        field is "method" or "dayCount" or "interestOnlyMonths" or "rateSteps" or "dealerFeePercent"
        || field.StartsWith("fees", StringComparison.Ordinal);
}
