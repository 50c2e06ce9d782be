using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Lending.Kernel;
using Lending.Loans.Amortization;
using Lending.Loans.Terms;

namespace Lending.Loans.Products;

/// <summary>A version of a product, as quotes and offers are made with it: the one place that turns a wish into a loan's terms.</summary>
internal sealed record UsableProduct(Guid Id, string Name, bool Retired, int Version, ProductContent Content)
{
    /// <summary>What is read of a version to use it.</summary>
    public static readonly Expression<Func<ProductVersion, UsableProduct>> Projection = version => new UsableProduct(
        version.ProductId,
        version.Product.Name,
        version.Product.Retired,
        version.Number,
        version.Content
    );

    private Currency Currency => Currency.Get(Content.Currency);

    /// <summary>Why nothing new may be made with it in this currency, or null. Whether there is such a product, the caller knows.</summary>
    /// <param name="currency">The ISO 4217 code that is asked for; null where any will do.</param>
    public Error? ObstacleTo(string? currency) =>
        Retired ? ProductErrors.Retired
        : currency is not null && currency != Content.Currency ? ProductErrors.CurrencyMismatch
        : null;

    /// <summary>The terms of the loan that is wished for, with the rate, the fees and the method of this version; or why there are none.</summary>
    public bool TryTerms(LoanWish wish, [NotNullWhen(true)] out LoanTerms? terms, [NotNullWhen(false)] out Error? error)
    {
        terms = null;
        if (!TryAmount(wish, out var amount, out error))
        {
            return false;
        }
        error = ObstacleInTerm(wish.TermMonths!.Value);
        if (error is not null)
        {
            return false;
        }
        if (Content.RateBands.FirstOrDefault(band => band.Covers(amount, wish.TermMonths.Value)) is not { } band)
        {
            error = ProductErrors.NoRateForTerms;
            return false;
        }
        terms = Content.Terms(band, amount, wish.TermMonths.Value, wish.Dates);
        return true;
    }

    /// <summary>
    /// The loans that a wish without an amount, or without a term, leaves to choose from: in each range everything but those two is the same.
    /// Shorter terms come first.
    /// </summary>
    public bool TryRanges(LoanWish wish, [NotNullWhen(true)] out List<LoanRange>? ranges, [NotNullWhen(false)] out Error? error)
    {
        ranges = null;
        decimal? amount = null;
        if (wish.HasAmount)
        {
            if (!TryAmount(wish, out var given, out error))
            {
                return false;
            }
            amount = given;
        }
        error = wish.TermMonths is { } term ? ObstacleInTerm(term) : null;
        if (error is not null)
        {
            return false;
        }
        ranges = [.. Ranges(amount, wish.TermMonths, wish.Dates).OrderBy(range => range.TermMonthsFrom)];
        error = ranges.Count == 0 ? ProductErrors.NoRateForTerms : null;
        return error is null;
    }

    private IEnumerable<LoanRange> Ranges(decimal? amount, int? term, LoanDates dates)
    {
        // A rate step concerns only loans that last until its instalment, so shorter and longer loans are ranges of their own.
        int[] starts = [LoanLimits.MinimumTermMonths, .. Content.RateSteps.Select(step => step.FromInstalment!.Value)];
        foreach (var band in Content.RateBands)
        {
            var amountFrom = amount ?? band.AmountFrom ?? Content.AmountFrom;
            var amountTo = amount ?? band.AmountTo ?? Content.AmountTo;
            for (var index = 0; index < starts.Length; index++)
            {
                var termFrom = term ?? Math.Max(band.TermMonthsFrom ?? Content.TermMonthsFrom, starts[index]);
                var nextStart = index + 1 < starts.Length ? starts[index + 1] : int.MaxValue;
                var termTo = term ?? Math.Min(band.TermMonthsTo ?? Content.TermMonthsTo, nextStart - 1);
                var isOfSteps = termFrom >= starts[index] && termTo < nextStart;
                if (termFrom <= termTo && isOfSteps && band.Covers(amountTo, termTo))
                {
                    yield return new LoanRange(Content.Terms(band, amountTo, termTo, dates), amountFrom, termFrom);
                }
            }
        }
    }

    private bool TryAmount(LoanWish wish, out decimal amount, [NotNullWhen(false)] out Error? error)
    {
        amount = wish.LoanAmount ?? Content.LoanFees.LoanAmountFor(wish.CashPrice!.Value, Currency);
        var field = wish.LoanAmount is null ? "cashPrice" : "loanAmount";
        error =
            !Currency.HasScale(wish.LoanAmount ?? wish.CashPrice!.Value) ? TermErrors.AmountScale with { Field = field }
            : amount < Content.AmountFrom || amount > Content.AmountTo ? ProductErrors.AmountOutside with { Field = field }
            : null;
        return error is null;
    }

    private Error? ObstacleInTerm(int termMonths) =>
        termMonths < Content.TermMonthsFrom || termMonths > Content.TermMonthsTo ? ProductErrors.TermOutside : null;
}

/// <summary>What somebody would like to borrow with a product.</summary>
/// <param name="LoanAmount">The amount, if it is given.</param>
/// <param name="CashPrice">What the goods cost, if that is given instead; a dealer fee comes on top.</param>
/// <param name="TermMonths">The term, if it is given.</param>
/// <param name="Dates">When the loan is paid out and first due.</param>
internal sealed record LoanWish(decimal? LoanAmount, decimal? CashPrice, int? TermMonths, LoanDates Dates)
{
    public bool HasAmount => LoanAmount is not null || CashPrice is not null;
}

/// <summary>Loans that differ in amount and term only.</summary>
/// <param name="Largest">The largest and longest one.</param>
/// <param name="AmountFrom">The smallest amount.</param>
/// <param name="TermMonthsFrom">The shortest term.</param>
internal sealed record LoanRange(LoanTerms Largest, decimal AmountFrom, int TermMonthsFrom);
