using FluentValidation.Results;

namespace Lending.Loans.Quotes;

/// <summary>What must hold between the members of an option, whatever they are: which go together, and which are missing.</summary>
internal static class QuoteShape
{
    /// <summary>What is wrong with the shape of an option that lacks nothing any more that it takes from elsewhere.</summary>
    public static IEnumerable<ValidationFailure> Check(QuoteOption option)
    {
        if (option is { LoanAmount: not null, CashPrice: not null })
        {
            yield return Failure(nameof(option.CashPrice), "amount-or-cash-price", "Give either the amount or the cash price.");
        }
        var hasAmount = option.LoanAmount is not null || option.CashPrice is not null;
        if (option.MonthlyBudget is null)
        {
            if (!hasAmount)
            {
                yield return Failure(nameof(option.LoanAmount), "not-null", "An amount, a cash price or a monthly budget is needed.");
            }
            if (option.TermMonths is null)
            {
                yield return Failure(nameof(option.TermMonths), "not-null", "A term or a monthly budget is needed.");
            }
        }
        else if (hasAmount == option.TermMonths is not null)
        {
            yield return Failure(
                nameof(option.MonthlyBudget),
                "two-of-three",
                "With a monthly budget, give either the amount (or cash price) or the term: the other is computed."
            );
        }
        if (option.ProductId is null)
        {
            if (option.AnnualRatePercent is null)
            {
                yield return Failure(nameof(option.AnnualRatePercent), "not-null", "Without product, an annual rate is needed.");
            }
            yield break;
        }
        foreach (var member in MembersOfProduct(option))
        {
            yield return Failure(member, "set-by-product", "The product says what this is: leave it out.");
        }
    }

    private static IEnumerable<string> MembersOfProduct(QuoteOption option) =>
        new (string Name, object? Value)[]
        {
            (nameof(option.AnnualRatePercent), option.AnnualRatePercent),
            (nameof(option.Method), option.Method),
            (nameof(option.DayCount), option.DayCount),
            (nameof(option.StubDayCount), option.StubDayCount),
            (nameof(option.InterestOnlyMonths), option.InterestOnlyMonths),
            (nameof(option.RateSteps), option.RateSteps),
            (nameof(option.Fees), option.Fees),
            (nameof(option.DealerFeePercent), option.DealerFeePercent),
        }
            .Where(member => member.Value is not null)
            .Select(member => member.Name);

    private static ValidationFailure Failure(string member, string code, string message) => new(member, message) { ErrorCode = code };
}
