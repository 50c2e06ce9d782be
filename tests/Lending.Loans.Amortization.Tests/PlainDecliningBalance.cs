namespace Lending.Loans.Amortization.Tests;

/// <summary>
/// Declining balance in plain decimals, written from its definition: A = P·∏(1+f) / F(n), F(1) = 1, F(k) = 1 + F(k−1)·(1+f(k)). What the
/// integers of minor units must agree with.
/// </summary>
internal static class PlainDecliningBalance
{
    /// <summary>All payments, or null where the method does not repay the loan.</summary>
    public static decimal[]? Payments(LoanTerms terms)
    {
        var currency = terms.Currency;
        var years = new YearFraction[terms.TermMonths];
        Periods.Of(terms, years);
        var payments = new decimal[terms.TermMonths];
        var balance = terms.Amount + terms.FinancedFee;
        var level = 0m;
        decimal[] rates = [.. Enumerable.Range(1, terms.TermMonths).Select(RateOf)];
        for (var index = 0; index < payments.Length; index++)
        {
            var interest = Interest(balance, rates[index], years[index]);
            if (index < terms.InterestOnlyMonths)
            {
                payments[index] = interest;
                continue;
            }

            if (index == terms.InterestOnlyMonths || terms.RateSteps.Any(step => step.FromInstalment == index + 1))
            {
                level = Level(balance, rates[index], years[index..]);
            }

            var isLast = index == payments.Length - 1;
            payments[index] = isLast ? balance + interest : level;
            balance -= payments[index] - interest;
            if (isLast ? Math.Abs(payments[index] - level) > level : payments[index] <= interest || balance < 0)
            {
                return null;
            }
        }

        return payments;

        decimal RateOf(int number) =>
            terms.RateSteps.LastOrDefault(step => step.FromInstalment <= number)?.AnnualRatePercent ?? terms.AnnualRatePercent;

        decimal Interest(decimal owed, decimal rate, YearFraction year) =>
            currency.Round(owed * rate * year.Numerator / (100m * year.Denominator));

        decimal Level(decimal owed, decimal rate, YearFraction[] periods)
        {
            var product = 1m;
            var sum = 0m;
            foreach (var period in periods)
            {
                var growth = 1 + rate * period.Numerator / (100m * period.Denominator);
                product *= growth;
                sum = 1 + sum * growth;
            }

            var plain = currency.Round(decimal.Round(owed * (product / sum), 14));
            if (Difference(plain) is not { } difference || Math.Abs(difference) <= periods.Length / 2 * currency.MinorUnit)
            {
                return plain;
            }

            var moved = plain + currency.Round(difference / periods.Length);
            return Difference(moved) is { } other && Math.Abs(other) < Math.Abs(difference) ? moved : plain;

            decimal? Difference(decimal payment)
            {
                var left = owed;
                foreach (var period in periods[..^1])
                {
                    var principal = payment - Interest(left, rate, period);
                    left -= principal;
                    if (principal <= 0 || left < 0)
                    {
                        return null;
                    }
                }

                return left + Interest(left, rate, periods[^1]) - payment;
            }
        }
    }
}
